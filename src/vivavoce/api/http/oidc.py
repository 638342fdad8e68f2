"""Leave for another provider, and come back signed in. These are pages' addresses: they answer with redirects.

What is to be checked when somebody comes back is kept in a signed cookie of theirs, so that any node can check it, and
an answer of the provider is of no use in another browser.
"""

import hmac
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from vivavoce.api.access import From, Use
from vivavoce.api.cookies import cookie_of, drop_cookie, set_cookie
from vivavoce.api.http.entering import community_or_own, signed_in
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import CommunityId
from vivavoce.domain.errors import DomainError, LinkRefused, SignInFailed
from vivavoce.services.access import by_link, by_oidc, signing
from vivavoce.services.access.oidc_port import Leaving
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

log = structlog.get_logger()
router = APIRouter(include_in_schema=False)
_SUFFIX: Final = "-leaving"
_KIND: Final = "leaving"
_LASTS: Final = timedelta(minutes=10)
_Community = Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


@router.get("/api/sign-in/oidc/{provider}")
async def leave(
    provider: str, request: Request, use: Use, community: _Community = None, to: Annotated[str, Query()] = "/"
) -> RedirectResponse:
    """To the provider. to: a path of ours to come back to."""
    of = community_or_own(community, use)
    leaving, address = await by_oidc.leave(provider, _ours(to), use=use)
    with as_platform():
        async with use.records.change() as change:
            secret = await signing.own_secret(change, of, _KIND)
            until = change.at + _LASTS
    claims = {**asdict(leaving), "com": of, "pro": provider, "exp": int(until.timestamp())}
    answer = RedirectResponse(address, 303)
    token = signing.sign(claims, secret, _KIND)
    set_cookie(request, answer, wiring_of(request).settings, token, expires_at=until, suffix=_SUFFIX)
    return answer


@router.get("/api/sign-in/oidc/{provider}/callback")
async def come_back(
    *,
    provider: str,
    request: Request,
    origin: From,
    use: Use,
    code: Annotated[str, Query(max_length=4096)] = "",
    state: Annotated[str, Query(max_length=1024)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> RedirectResponse:
    """Back from the provider: signed in, or to the page that says why not."""
    settings = wiring_of(request).settings
    try:
        leaving, community = await _left(request, provider, state, use)
        if error or not code:
            raise SignInFailed("The provider did not sign you in.")
        entered = await by_oidc.come_back(provider, community, code, leaving, origin, use=use)
    except DomainError as failure:
        log.info("oidc.failed", provider=provider, code=failure.code)
        answer = RedirectResponse(f"/sign-in?{urlencode({'error': failure.code})}", 303)
    else:
        answer = RedirectResponse(leaving.return_to, 303)
        signed_in(request, answer, entered)
    drop_cookie(request, answer, settings, _SUFFIX)
    return answer


async def _left(request: Request, provider: str, state: str, use: Services) -> tuple[Leaving, CommunityId]:
    """Who comes back, as they left. Raises SignInFailed."""
    cookie = cookie_of(request, wiring_of(request).settings, _SUFFIX) or ""
    now = use.clock.now()
    try:
        community = CommunityId(str(signing.unverified(cookie).get("com", "")))
        with as_platform():
            async with use.store.reading() as tx:
                secrets = await tx.links.secrets(SYSTEM, community, _KIND, now)
        claims = signing.read(cookie, secrets, int(now.timestamp()), _KIND)
    except signing.Bad:
        raise SignInFailed("Coming back took too long, or began in another browser. Try again.") from None
    if claims["pro"] != provider or not hmac.compare_digest(str(claims["state"]).encode(), state.encode()):
        raise SignInFailed("This answer belongs to another attempt. Try again.")
    leaving = Leaving(claims["state"], claims["nonce"], claims["verifier"], claims["return_to"])
    return leaving, community


def _ours(path: str) -> str:
    """A path of this server; the start page for anything that leads elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if plain and len(path) <= 2000 else "/"


@router.get("/sign-in/link")
async def sign_in_by_link(
    request: Request, origin: From, use: Use, token: Annotated[str, Query(max_length=8192)] = "", to: str = "/"
) -> RedirectResponse:
    """A signed link that was clicked: signed in, or to the page that says why not."""
    try:
        if not token:
            raise LinkRefused("The link has no token.")
        entered = await by_link.sign_in_by_link(token, origin, use=use)
    except DomainError as failure:
        return RedirectResponse(f"/sign-in?{urlencode({'error': failure.code})}", 303)
    answer = RedirectResponse(_ours(to), 303)
    signed_in(request, answer, entered)
    return answer
