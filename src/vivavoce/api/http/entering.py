"""What the answers to signing in have in common: the cookie, and where people come from."""

from fastapi import Request, Response

from vivavoce.api.access import csrf_token
from vivavoce.api.cookies import set_cookie
from vivavoce.api.http.access_shapes import AccountOut
from vivavoce.api.http.sign_in_shapes import SignedInOut
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import CommunityId
from vivavoce.services.access.entering import Entered
from vivavoce.services.container import Services


def signed_in(request: Request, response: Response, entered: Entered) -> SignedInOut:
    """The answer, with the cookie set."""
    set_cookie(request, response, wiring_of(request).settings, entered.token, expires_at=entered.sign_in.expires_at)
    response.headers["Cache-Control"] = "no-store"
    return SignedInOut(
        account=AccountOut.of(entered.account),
        csrf_token=csrf_token(entered.token),
        expires_at=entered.sign_in.expires_at,
    )


def community_or_own(named: str | None, use: Services) -> CommunityId:
    return CommunityId(named or use.config.access.community)


def address(request: Request, path: str, use: Services) -> str:
    """A link to this server, as people reach it."""
    base = use.config.access.public_url or str(request.base_url).rstrip("/")
    return f"{base}{path}"
