"""Come in, and go: by password, by a signed link; make an account, choose a password."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from vivavoce.api.access import From, PerhapsSignedIn, Use
from vivavoce.api.cookies import cookie_of, drop_cookie
from vivavoce.api.errors import problems
from vivavoce.api.http.entering import community_or_own, signed_in
from vivavoce.api.http.sign_in_shapes import (
    ChooseIn,
    ForgotIn,
    ForgotOut,
    LinkIn,
    ProviderOut,
    SignedInOut,
    SignInIn,
    SignUpIn,
    VerifyIn,
    WaysOut,
)
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import CommunityId
from vivavoce.domain.errors import (
    CommunityNotFound,
    EmailTaken,
    Invalid,
    LinkElsewhere,
    LinkExpired,
    LinkRefused,
    LinkUsed,
    SignInFailed,
    SignUpClosed,
    TooMany,
)
from vivavoce.services.access import by_link, by_password, sign_outs
from vivavoce.services.access.by_password import NewPerson
from vivavoce.services.access.communities import community_called

router = APIRouter(prefix="/api", tags=["sign-in"])
_CHOSEN: Final = problems(SignInFailed, Invalid, TooMany)


@router.get("/sign-in", operation_id="waysToSignIn", responses=problems(CommunityNotFound))
async def ways(
    use: Use,
    community: Annotated[
        str | None, Query(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", description="Left out: the server's own.")
    ] = None,
) -> WaysOut:
    """How people come in here. Nobody needs to be signed in to ask."""
    found = await community_called(community_or_own(community, use), use=use)
    return WaysOut(
        accounts=use.config.server.accounts == "on",
        community=found.id,
        sign_up=found.sign_up,
        mail=use.outside.mailer is not None and use.config.access.public_url is not None,
        providers=[
            ProviderOut(id=one.id, title=one.title, url=f"/api/sign-in/oidc/{one.id}")
            for one in use.access.providers.values()
        ],
    )


@router.post("/sign-in", operation_id="signIn", responses=problems(SignInFailed, TooMany))
async def sign_in(given: SignInIn, request: Request, response: Response, origin: From, use: Use) -> SignedInOut:
    """Sign in with e-mail address and password. The answer sets the cookie.

    It says the same, and takes as long, whether the address is unknown or the password wrong.
    """
    community = community_or_own(given.community, use)
    entered = await by_password.sign_in(community, given.email, given.password, origin, use=use)
    return signed_in(request, response, entered)


@router.delete("/sign-in", status_code=204, operation_id="signOut", responses=problems())
async def sign_out(request: Request, response: Response, signed: PerhapsSignedIn, use: Use) -> None:
    """Sign out: the sign-in of the cookie ends. Safe to repeat."""
    del signed
    settings = wiring_of(request).settings
    cookie = cookie_of(request, settings)
    if cookie is not None:
        await sign_outs.sign_out(cookie, use=use)
    drop_cookie(request, response, settings)


@router.post(
    "/sign-in/link",
    operation_id="signInByLink",
    responses=problems(LinkRefused, LinkExpired, LinkUsed, LinkElsewhere, SignInFailed, TooMany),
)
async def sign_in_by_link(given: LinkIn, request: Request, response: Response, origin: From, use: Use) -> SignedInOut:
    """Sign in by a link that the community's own platform signed. It may be used once."""
    community = CommunityId(given.community) if given.community is not None else None
    entered = await by_link.sign_in_by_link(given.token, origin, use=use, community=community)
    return signed_in(request, response, entered)


@router.post(
    "/accounts",
    status_code=201,
    operation_id="signUp",
    responses=problems(SignUpClosed, EmailTaken, Invalid, TooMany),
)
async def sign_up(given: SignUpIn, request: Request, response: Response, origin: From, use: Use) -> SignedInOut:
    """Make an account for oneself, where the community is open to that, and sign in."""
    new = NewPerson(community_or_own(given.community, use), given.email, given.password, given.name)
    return signed_in(request, response, await by_password.sign_up(new, origin, use=use))


@router.post("/password/forgot", status_code=202, operation_id="forgotPassword", responses=problems(TooMany))
async def forgot(given: ForgotIn, origin: From, use: Use) -> ForgotOut:
    """Have a link to a new password sent, if there is such an account; whether there is, is not told."""
    await by_password.forgot(community_or_own(given.community, use), given.email, origin, use=use)
    return ForgotOut(sent=use.outside.mailer is not None and use.config.access.public_url is not None)


@router.post("/password/choose", operation_id="choosePassword", responses=_CHOSEN)
async def choose(given: ChooseIn, request: Request, response: Response, origin: From, use: Use) -> SignedInOut:
    """Choose a password by the link of a mail or an invitation, and sign in. All sign-ins before it end."""
    entered = await by_password.choose_password(given.token, given.password, given.name, origin, use=use)
    return signed_in(request, response, entered)


@router.post("/password/verify", status_code=204, operation_id="verifyEmail", responses=problems(SignInFailed, TooMany))
async def verify(given: VerifyIn, origin: From, use: Use) -> None:
    """Say that an e-mail address is one's own, by the link that was sent to it."""
    await by_password.verify_email(given.token, origin, use=use)
