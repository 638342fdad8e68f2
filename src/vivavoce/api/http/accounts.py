"""A community's people and settings, for its admins; and who saw or changed what."""

from typing import Annotated, Final

from fastapi import APIRouter, Body, Path, Query, Request, Response

from vivavoce.api.access import Admin, Host, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.access_shapes import (
    AccountOut,
    AccountPage,
    AuditOut,
    AuditPage,
    CommunityChangeIn,
    CommunityOut,
    InvitedOut,
    LinkSecretIn,
    LinkSecretOut,
    PersonChangeIn,
    PersonIn,
)
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.entering import address
from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import AccountNotFound, EmailTaken, Invalid, NotAllowed, NotSignedIn
from vivavoce.domain.people.account import AccountState
from vivavoce.services.access import accounts, audit_log, by_link, communities
from vivavoce.services.access.accounts import Changes
from vivavoce.services.asking import Cursor

router = APIRouter(prefix="/api", tags=["people"])
_REFUSED: Final = (NotSignedIn, NotAllowed)
_ACCOUNT: Final = Path(description="The account's id.", examples=["acc_01k9z0c0v5g2m4q8r1t3w6y9b0"], max_length=200)
_Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)]
_Limit = Annotated[int, Query(ge=1, le=100, description="Entries on a page.")]


@router.get("/people", operation_id="listPeople", responses=problems(*_REFUSED, Invalid))
async def list_people(
    viewer: Host,
    use: Use,
    cursor: _Cursor = None,
    limit: _Limit = 50,
    state: Annotated[AccountState | None, Query(description="Only these.")] = None,
) -> AccountPage:
    """The community's people, newest first: for its hosts and admins."""
    page = await accounts.list_accounts(viewer, use=use, state=state, after=_after(cursor), limit=limit)
    return AccountPage(items=[AccountOut.of(one) for one in page.items], next_cursor=_next(page.next))


@router.post(
    "/people", status_code=201, operation_id="invitePerson", responses=problems(*_REFUSED, EmailTaken, Invalid)
)
async def invite(given: PersonIn, request: Request, response: Response, viewer: Admin, use: Use) -> InvitedOut:
    """Invite somebody to the community. The link is mailed where mails can be sent; inviting again gives a new one."""
    account, token = await accounts.invite(viewer, given.email, given.name, given.standing, use=use)
    response.headers["Cache-Control"] = "no-store"
    url = address(request, f"/sign-in#reset={token}", use)
    return InvitedOut(account=AccountOut.of(account), token=token, url=url)


@router.get("/people/{id}", operation_id="getPerson", responses=problems(*_REFUSED, AccountNotFound))
async def get_person(id: Annotated[str, _ACCOUNT], viewer: Host, use: Use) -> AccountOut:
    """One of the community's people."""
    return AccountOut.of(await accounts.account_of(viewer, AccountId(id), use=use))


@router.patch("/people/{id}", operation_id="changePerson", responses=problems(*_REFUSED, AccountNotFound, Invalid))
async def change_person(id: Annotated[str, _ACCOUNT], given: PersonChangeIn, viewer: Admin, use: Use) -> AccountOut:
    """Change somebody's name or standing, or disable them: their sign-ins, keys and tokens are void at once."""
    changes = Changes(name=given.name, standing=given.standing, state=given.state)
    return AccountOut.of(await accounts.change_account(viewer, AccountId(id), changes, use=use))


@router.get("/community", operation_id="getCommunity", responses=problems(*_REFUSED))
async def get_community(viewer: Admin, use: Use) -> CommunityOut:
    """The community's settings."""
    return CommunityOut.of(await communities.my_community(viewer, use=use))


@router.patch("/community", operation_id="changeCommunity", responses=problems(*_REFUSED, Invalid))
async def change_community(given: CommunityChangeIn, viewer: Admin, use: Use) -> CommunityOut:
    """Change its name, or who may make an account for themselves."""
    return CommunityOut.of(await communities.change_community(viewer, given.name, given.sign_up, use=use))


@router.post("/community/link-secret", status_code=201, operation_id="makeLinkSecret", responses=problems(*_REFUSED))
async def make_link_secret(
    response: Response,
    viewer: Admin,
    use: Use,
    how: Annotated[LinkSecretIn, Body(default_factory=LinkSecretIn)],
) -> LinkSecretOut:
    """Make a new secret for the community's own platform to sign links with. The one before is good for a day more."""
    secret = await by_link.rotate_secret(viewer, records=use.records, at_once=how.at_once)
    response.headers["Cache-Control"] = "no-store"
    return LinkSecretOut(id=secret.id, secret=secret.secret, created_at=secret.created_at)


@router.get("/audit", operation_id="listAudit", responses=problems(*_REFUSED, Invalid))
async def list_audit(
    *,
    viewer: Admin,
    use: Use,
    cursor: _Cursor = None,
    limit: _Limit = 50,
    actor: Annotated[str | None, Query(max_length=200, description="Only what this account did.")] = None,
    subject: Annotated[str | None, Query(max_length=200, description="Only what was done to this.")] = None,
) -> AuditPage:
    """Who saw or changed what in the community, newest first."""
    page = await audit_log.audit_log(
        viewer,
        use=use,
        actor=AccountId(actor) if actor is not None else None,
        subject=subject,
        after=_after(cursor),
        limit=limit,
    )
    return AuditPage(items=[AuditOut.of(one) for one in page.items], next_cursor=_next(page.next))


def _after(cursor: str | None) -> Cursor | None:
    return read_cursor(cursor) if cursor is not None else None


def _next(cursor: Cursor | None) -> str | None:
    return write_cursor(cursor) if cursor is not None else None
