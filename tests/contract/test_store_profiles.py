"""The contract of accounts, communities and the audit log."""

from dataclasses import replace
from typing import Any

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, later

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.errors import AccountNotFound, CommunityNotFound, Conflict
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community, SignUp
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.ports import SYSTEM, Store

ONE, TWO = CommunityId("com_1"), CommunityId("com_2")
ADMIN = Viewer(AccountId("acc_ada"), ONE, "Ada", Standing.ADMIN)


def account(viewer: Viewer = ANA, **changes: object) -> Account:
    return replace(Account(viewer.account, viewer.community, viewer.name, created_at=NOW), **changes)


async def add(store: Store, *accounts: Account) -> None:
    async with store.transaction() as tx:
        for one in accounts:
            await tx.people.add(one)


async def test_an_account_comes_back_as_it_was_stored(store: Store) -> None:
    ana = account(email="ana@example.org", external_id="u-7", country="AT", email_verified=True)
    await add(store, ana)
    async with store.reading() as tx:
        assert await tx.people.account(ANA, ANA.account) == ana
        assert await tx.people.by_email(SYSTEM, ONE, "ana@example.org") == ana
        assert await tx.people.by_external_id(SYSTEM, ONE, "u-7") == ana
        assert await tx.people.by_email(SYSTEM, TWO, "ana@example.org") is None


async def test_a_changed_account_keeps_its_password(store: Store) -> None:
    await add(store, account())
    async with store.transaction() as tx:
        await tx.people.set_password(ANA.account, "hash")
        await tx.people.save(account(state=AccountState.DISABLED))
    async with store.reading() as tx:
        assert (await tx.people.account(SYSTEM, ANA.account)).state is AccountState.DISABLED
        assert await tx.people.password(SYSTEM, ANA.account) == "hash"


@pytest.mark.parametrize("same", [{"email": "a@example.org"}, {"external_id": "u-7"}])
async def test_a_community_has_an_address_and_an_external_id_once(store: Store, same: dict[str, Any]) -> None:
    await add(store, account(**same))
    with pytest.raises(Conflict):
        await add(store, account(BEN, **same))
    await add(store, account(replace(EVE, account=AccountId("acc_eve")), **same))


async def test_others_see_an_account_only_as_hosts_of_its_community(store: Store) -> None:
    await add(store, account(), account(BEN))
    async with store.reading() as tx:
        assert (await tx.people.account(replace(BEN, standing=Standing.HOST), ANA.account)).name == "Ana"
        for other in (BEN, replace(ADMIN, community=TWO), replace(BEN, standing=Standing.COACH)):
            with pytest.raises(AccountNotFound):
                await tx.people.account(other, ANA.account)


async def test_accounts_are_listed_page_by_page_for_an_admin(store: Store) -> None:
    await add(store, *(account(id=AccountId(f"acc_{n}"), created_at=later(n)) for n in range(3)), account(EVE))
    async with store.reading() as tx:
        first = await tx.people.accounts(ADMIN, ONE, limit=2)
        rest = await tx.people.accounts(ADMIN, ONE, after=first.next, limit=2)
        assert [one.id for one in (*first.items, *rest.items)] == ["acc_2", "acc_1", "acc_0"]
        assert rest.next is None
        assert (await tx.people.accounts(ADMIN, TWO)).items == ()
        assert (await tx.people.accounts(BEN, ONE)).items == ()
        assert (await tx.people.accounts(SYSTEM, ONE, state=AccountState.INVITED)).items == ()


async def test_a_forgotten_account_is_gone(store: Store) -> None:
    await add(store, account(), account(BEN))
    async with store.transaction() as tx:
        await tx.people.forget(ANA, ANA.account)
    async with store.transaction() as tx:
        with pytest.raises(AccountNotFound):
            await tx.people.forget(ANA, BEN.account)
        with pytest.raises(AccountNotFound):
            await tx.people.account(SYSTEM, ANA.account)


async def test_a_community_is_seen_by_its_own_people(store: Store) -> None:
    mine = Community(ONE, "One", NOW, SignUp.OPEN, {"note": "x"})
    async with store.transaction() as tx:
        await tx.communities.save(Community(ONE, "Zero", NOW))
        await tx.communities.save(mine)
        assert await tx.communities.get(ANA, ONE) == mine
        assert await tx.communities.all(SYSTEM) == [mine]
        with pytest.raises(CommunityNotFound):
            await tx.communities.get(EVE, ONE)


async def test_the_audit_log_is_read_in_its_own_community(store: Store) -> None:
    entry = AuditEntry("aud_1", ONE, NOW, ANA.account, "key.made", "key_1", detail={"scopes": "all"})
    other = replace(entry, id="aud_2", created_at=later(1), actor=BEN.account, subject=ANA.account)
    async with store.transaction() as tx:
        await tx.audit.add(entry)
        await tx.audit.add(other)
        assert (await tx.audit.page(ADMIN, ONE)).items == (other, entry)
        assert (await tx.audit.page(ADMIN, ONE, actor=ANA.account)).items == (entry,)
        assert (await tx.audit.page(ADMIN, ONE, subject=ANA.account)).items == (other,)
        assert (await tx.audit.page(EVE, ONE)).items == ()


async def test_the_audit_log_forgets_who_somebody_was(store: Store) -> None:
    entry = AuditEntry("aud_1", ONE, NOW, ANA.account, "key.made", "key_1")
    async with store.transaction() as tx:
        await tx.audit.add(entry)
        await tx.audit.forget(SYSTEM, ANA.account)
        assert [one.actor for one in (await tx.audit.page(SYSTEM, ONE)).items] == ["erased"]
