"""Oneself: who one is here, one's password, sign-ins and API keys."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from vivavoce.api.access import Asker, SignedIn, Use, csrf_token
from vivavoce.api.cookies import cookie_of
from vivavoce.api.errors import problems
from vivavoce.api.http.access_shapes import AccountOut, CommunityOut, MeChangeIn, MeOut
from vivavoce.api.http.sign_in_shapes import (
    KeyIn,
    KeyList,
    KeyOut,
    NewKeyOut,
    PasswordIn,
    ScopeList,
    ScopeOut,
    SignInList,
    SignInOut,
)
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import KeyId, SignInId
from vivavoce.domain.errors import (
    Conflict,
    Invalid,
    KeyNotFound,
    NotSignedIn,
    SignInFailed,
    SignInNotFound,
    TooMany,
)
from vivavoce.domain.people.scopes import SCOPES
from vivavoce.services.access import accounts, by_password, communities, keys, sign_outs
from vivavoce.services.access.accounts import Changes

router = APIRouter(prefix="/api", tags=["me"])
_SIGN_IN: Final = Path(description="The sign-in's id.", examples=["sgn_01k9z0c0v5g2m4q8r1t3w6y9b0"], max_length=200)
_KEY: Final = Path(description="The key's id.", examples=["key_01k9z0c0v5g2m4q8r1t3w6y9b0"], max_length=200)


@router.get("/me", operation_id="getMe", responses=problems(NotSignedIn))
async def get_me(request: Request, response: Response, signed: SignedIn, use: Use) -> MeOut:
    """Who I am here, how I came in, and what that allows."""
    viewer = signed.viewer
    response.headers["Cache-Control"] = "no-store"
    cookie = cookie_of(request, wiring_of(request).settings) if signed.sign_in is not None else None
    return MeOut(
        account=AccountOut.of(await accounts.my_account(viewer, use=use)),
        community=CommunityOut.of(await communities.my_community(viewer, use=use)),
        way=signed.way,
        standing=viewer.standing,
        scopes=None if viewer.scopes is None else sorted(viewer.scopes),
        only=viewer.only,
        csrf_token=csrf_token(cookie) if cookie is not None else None,
    )


@router.patch("/me", operation_id="changeMe", responses=problems(NotSignedIn, Invalid))
async def change_me(given: MeChangeIn, viewer: Asker, use: Use) -> AccountOut:
    """Change one's name, language, country or time zone."""
    changes = Changes(name=given.name, language=given.language, country=given.country, time_zone=given.time_zone)
    return AccountOut.of(await accounts.change_mine(viewer, changes, use=use))


@router.post(
    "/me/password",
    status_code=204,
    operation_id="changePassword",
    responses=problems(NotSignedIn, SignInFailed, Invalid, TooMany),
)
async def change_password(given: PasswordIn, signed: SignedIn, use: Use) -> None:
    """Change one's password. All other sign-ins end."""
    await by_password.change_password(signed, given.old, given.new, use=use)


@router.get("/me/sign-ins", operation_id="listSignIns", responses=problems(NotSignedIn))
async def list_sign_ins(signed: SignedIn, use: Use) -> SignInList:
    """Where one is signed in, newest first."""
    found = await sign_outs.sign_ins_of(signed.viewer, use=use)
    return SignInList(items=[SignInOut.of(one, signed.sign_in) for one in found])


@router.delete("/me/sign-ins", status_code=204, operation_id="endOtherSignIns", responses=problems(NotSignedIn))
async def end_others(signed: SignedIn, use: Use) -> None:
    """Sign out everywhere but here. Safe to repeat."""
    await sign_outs.end_others(signed, use=use)


@router.delete(
    "/me/sign-ins/{id}",
    status_code=204,
    operation_id="endSignIn",
    responses=problems(NotSignedIn, SignInNotFound),
)
async def end_sign_in(id: Annotated[str, _SIGN_IN], viewer: Asker, use: Use) -> None:
    """End one of one's sign-ins, at once."""
    await sign_outs.end_sign_in(viewer, SignInId(id), use=use)


@router.post("/keys", status_code=201, operation_id="makeKey", responses=problems(NotSignedIn, Invalid, Conflict))
async def make_key(given: KeyIn, response: Response, viewer: Asker, use: Use) -> NewKeyOut:
    """Make an API key that acts for oneself. It is shown this once."""
    scopes = frozenset(given.scopes) if given.scopes is not None else None
    key, text = await keys.make_key(viewer, given.name, scopes, given.expires_at, use=use)
    response.headers["Cache-Control"] = "no-store"
    return NewKeyOut(**KeyOut.of(key).model_dump(), key=text)


@router.get("/keys", operation_id="listKeys", responses=problems(NotSignedIn))
async def list_keys(viewer: Asker, use: Use) -> KeyList:
    """One's API keys, newest first."""
    return KeyList(items=[KeyOut.of(one) for one in await keys.keys_of(viewer, use=use)])


@router.get("/keys/scopes", operation_id="listScopes", responses=problems(NotSignedIn))
async def list_scopes(viewer: Asker) -> ScopeList:
    """What a key can be used for."""
    del viewer
    return ScopeList(items=[ScopeOut(scope=scope, allows=allows) for scope, allows in SCOPES.items()])


@router.delete("/keys/{id}", status_code=204, operation_id="revokeKey", responses=problems(NotSignedIn, KeyNotFound))
async def revoke_key(id: Annotated[str, _KEY], viewer: Asker, use: Use) -> None:
    """Revoke a key, at once."""
    await keys.revoke_key(viewer, KeyId(id), use=use)
