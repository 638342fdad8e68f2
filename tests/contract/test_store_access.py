"""The contract of sign-ins, keys, links and invitations."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import AccountId, InvitationId, KeyId, SessionId, SignInId
from vivavoce.domain.errors import Conflict, InvitationNotFound, KeyNotFound, SignInNotFound
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.people.sign_ins import ApiKey, SignIn, Way
from vivavoce.domain.sessions.session import Role
from vivavoce.services.access.ports import Secret
from vivavoce.services.ports import SYSTEM, Store

ACCOUNT = Account(ANA.account, ANA.community, ANA.name, created_at=NOW)
SIGN_IN = SignIn(
    SignInId("sgn_1"), ANA.community, ANA.account, Way.PASSWORD, "Firefox", NOW, NOW, NOW + timedelta(days=90)
)
KEY = ApiKey(KeyId("key_1"), ANA.community, ANA.account, "CI", "viv_abcd", frozenset({"sessions:read"}), NOW)
INVITATION = Invitation(
    InvitationId("inv_1"), ANA.community, SessionId("ses_1"), Role.GUEST, "Gus", ANA.account, NOW, later(3600)
)


async def with_ana(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.people.add(ACCOUNT)


async def test_a_sign_in_is_found_by_its_hash_with_its_account(store: Store) -> None:
    await with_ana(store)
    async with store.transaction() as tx:
        await tx.sign_ins.add(SIGN_IN, "hash")
        await tx.sign_ins.seen(SIGN_IN.id, later(60))
        assert await tx.sign_ins.by_hash(SYSTEM, "hash") == (replace(SIGN_IN, seen_at=later(60)), ACCOUNT)
        assert await tx.sign_ins.by_hash(SYSTEM, "other") is None


async def test_a_sign_in_is_ended_by_its_own_person_only(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.sign_ins.add(SIGN_IN, "hash")
        assert await tx.sign_ins.of(BEN, ANA.account) == []
        for other in (BEN, EVE):
            with pytest.raises(SignInNotFound):
                await tx.sign_ins.end(other, SIGN_IN.id)
        assert await tx.sign_ins.of(ANA, ANA.account) == [SIGN_IN]
        await tx.sign_ins.end(ANA, SIGN_IN.id)
        assert await tx.sign_ins.of(ANA, ANA.account) == []


async def test_all_sign_ins_but_one_are_ended(store: Store) -> None:
    other = replace(SIGN_IN, id=SignInId("sgn_2"))
    async with store.transaction() as tx:
        await tx.sign_ins.add(SIGN_IN, "a")
        await tx.sign_ins.add(other, "b")
        await tx.sign_ins.end_all(ANA.account, but=other.id)
        assert await tx.sign_ins.of(ANA, ANA.account) == [other]
        await tx.sign_ins.end_all(ANA.account)
        assert await tx.sign_ins.of(ANA, ANA.account) == []


async def test_old_sign_ins_are_forgotten(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.sign_ins.add(SIGN_IN, "a")
        await tx.sign_ins.add(replace(SIGN_IN, id=SignInId("sgn_2"), seen_at=later(99)), "b")
        await tx.sign_ins.forget_before(later(50), later(100))
        assert [one.id for one in await tx.sign_ins.of(ANA, ANA.account)] == ["sgn_2"]


async def test_a_provider_knows_one_person_of_a_community_by_a_name(store: Store) -> None:
    issuer = "https://id.example.org"
    async with store.transaction() as tx:
        await tx.sign_ins.link(ANA.community, issuer, "s1", ANA.account)
        assert await tx.sign_ins.known_as(SYSTEM, ANA.community, issuer, "s1") == ANA.account
        assert await tx.sign_ins.known_as(SYSTEM, EVE.community, issuer, "s1") is None
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.sign_ins.link(ANA.community, issuer, "s1", BEN.account)


@pytest.mark.parametrize("scopes", [frozenset({"sessions:read"}), frozenset[str](), None])
async def test_a_key_is_found_by_its_hash_with_its_account(store: Store, scopes: frozenset[str] | None) -> None:
    await with_ana(store)
    key = replace(KEY, scopes=scopes)
    async with store.transaction() as tx:
        await tx.keys.add(key, "hash")
        assert await tx.keys.by_hash(SYSTEM, "hash") == (key, ACCOUNT)
        await tx.keys.used(key.id, later(5))
        assert await tx.keys.of(ANA, ANA.account) == [replace(key, used_at=later(5))]


async def test_a_key_is_removed_by_its_own_person_only(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.keys.add(KEY, "hash")
        with pytest.raises(KeyNotFound):
            await tx.keys.remove(BEN, KEY.id)
        await tx.keys.remove(ANA, KEY.id)
        assert await tx.keys.of(ANA, ANA.account) == []


async def test_a_ticket_is_taken_once_and_in_time(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.links.add_ticket("a", ANA.community, ANA.account, "reset", later(60))
        await tx.links.add_ticket("b", ANA.community, ANA.account, "reset", later(60))
        assert await tx.links.take_ticket(SYSTEM, "a", ["invite"], NOW) is None
        assert await tx.links.take_ticket(SYSTEM, "a", ["invite", "reset"], NOW) == ANA.account
        assert await tx.links.take_ticket(SYSTEM, "a", ["reset"], NOW) is None
        assert await tx.links.take_ticket(SYSTEM, "b", ["reset"], later(60)) is None


async def test_a_link_is_used_once_in_each_community(store: Store) -> None:
    async with store.transaction() as tx:
        assert await tx.links.use_once(ANA.community, "n", later(60))
        assert not await tx.links.use_once(ANA.community, "n", later(60))
        assert await tx.links.use_once(EVE.community, "n", later(60))
        await tx.links.forget_before(later(61))
        assert await tx.links.use_once(ANA.community, "n", later(120))


async def test_secrets_end_when_they_are_replaced(store: Store) -> None:
    old, new = Secret("s1", ANA.community, "link", "x", NOW), Secret("s2", ANA.community, "link", "y", later(1))
    async with store.transaction() as tx:
        await tx.links.add_secret(old)
        await tx.links.expire_secrets(ANA.community, "link", later(100))
        await tx.links.add_secret(new)
        assert await tx.links.secrets(SYSTEM, ANA.community, "link", later(99)) == [
            new,
            replace(old, expires_at=later(100)),
        ]
        assert await tx.links.secrets(SYSTEM, ANA.community, "link", later(100)) == [new]
        assert await tx.links.secrets(SYSTEM, ANA.community, "room", NOW) == []
        assert await tx.links.secrets(SYSTEM, EVE.community, "link", NOW) == []


async def test_an_invitation_comes_back_as_it_was_stored(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.invitations.add(INVITATION, "hash")
        assert await tx.invitations.by_hash(SYSTEM, "hash") == INVITATION
        used = replace(INVITATION, uses=1, revoked_at=later(9))
        await tx.invitations.save(used)
        assert await tx.invitations.of(ANA, INVITATION.session) == [used]
        assert await tx.invitations.get(ANA, INVITATION.session, INVITATION.id) == used


async def test_another_community_sees_no_invitation(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.invitations.add(INVITATION, "hash")
        assert await tx.invitations.of(EVE, INVITATION.session) == []
        with pytest.raises(InvitationNotFound):
            await tx.invitations.get(EVE, INVITATION.session, INVITATION.id)


async def test_a_forgotten_account_leaves_no_way_to_sign_in(store: Store) -> None:
    await with_ana(store)
    async with store.transaction() as tx:
        await tx.sign_ins.add(SIGN_IN, "hash")
        await tx.keys.add(KEY, "hash")
        await tx.sign_ins.link(ANA.community, "https://id.example.org", "s1", ANA.account)
        await tx.links.add_ticket("a", ANA.community, ANA.account, "reset", later(60))
        await tx.people.forget(SYSTEM, AccountId(ANA.account))
        assert await tx.sign_ins.of(SYSTEM, ANA.account) == []
        assert await tx.keys.of(SYSTEM, ANA.account) == []
        assert await tx.sign_ins.known_as(SYSTEM, ANA.community, "https://id.example.org", "s1") is None
        assert await tx.links.take_ticket(SYSTEM, "a", ["reset"], NOW) is None
