"""One's sign-ins: see them, and end them."""

from vivavoce.base.ids import SignInId
from vivavoce.base.tokens import hash_of
from vivavoce.domain.people.sign_ins import Signed, SignIn
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM


async def sign_out(token: str, *, use: Services) -> None:
    """The sign-in that a cookie stands for ends. Safe to repeat."""
    with as_platform():
        async with use.records.change() as change:
            found = await change.tx.sign_ins.by_hash(SYSTEM, hash_of(token))
            if found is not None:
                await change.tx.sign_ins.end(SYSTEM, found[0].id)
                await change.audit(found[1].viewer, "sign_in.ended", found[1].id)


async def sign_ins_of(viewer: Viewer, *, use: Services) -> list[SignIn]:
    """Those that still live, newest first."""
    async with use.store.reading() as tx:
        return await tx.sign_ins.of(viewer, viewer.account)


async def end_sign_in(viewer: Viewer, id: SignInId, *, use: Services) -> None:
    """Raises SignInNotFound."""
    async with use.records.change() as change:
        await change.tx.sign_ins.end(viewer, id)
        await change.audit(viewer, "sign_in.ended", viewer.account)


async def end_others(signed: Signed, *, use: Services) -> None:
    """All of one's sign-ins end but the one that asks."""
    async with use.records.change() as change:
        await change.tx.sign_ins.end_all(signed.viewer.account, but=signed.sign_in)
        await change.audit(signed.viewer, "sign_in.others_ended", signed.viewer.account)
