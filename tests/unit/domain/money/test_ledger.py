"""Laws of the ledger."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import AccountId, CommunityId, EntryId, HoldId, SessionId
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Conflict, Invalid
from vivavoce.domain.money.ledger import (
    Balance,
    Entry,
    EntryKind,
    Hold,
    HoldState,
    balance_of,
    missing,
    refund,
    released,
    settled,
    to_take_back,
)
from vivavoce.domain.money.pricing import not_enough

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def a_hold(credits: int = 15) -> Hold:
    return Hold(
        HoldId("hol_1"), CommunityId("com_1"), AccountId("acc_1"), SessionId("ses_1"), credits, 120, "session:1", NOW
    )


def given_entry(credits: int) -> Entry:
    return Entry(
        EntryId("ent_0"), CommunityId("com_1"), AccountId("acc_1"), EntryKind.GRANT, credits, "x", "k", "system", NOW
    )


@given(st.lists(st.integers(1, 1000)), st.lists(st.integers(1, 100)))
def test_a_balance_is_the_sum_of_its_entries_and_what_is_held_is_not_available(
    grants: list[int], held: list[int]
) -> None:
    found = balance_of([given_entry(one) for one in grants], [a_hold(one) for one in held])
    assert (found.credits, found.available) == (sum(grants), sum(grants) - sum(held))


@given(st.integers(1, 500), st.integers(0, 500))
def test_settling_moves_what_was_held_out_of_the_balance_and_changes_nothing_that_is_available(
    price: int, rest: int
) -> None:
    hold, entries = a_hold(price), [given_entry(price + rest)]
    before = balance_of(entries, [hold])
    closed, charge = settled(hold, EntryId("ent_1"), "Session", NOW)
    after = balance_of([*entries, charge], [closed])
    assert after.available == before.available == after.credits == rest


@given(st.integers(1, 500), st.integers(0, 500))
def test_releasing_makes_what_was_held_available_again(price: int, rest: int) -> None:
    entries = [given_entry(price + rest)]
    assert balance_of(entries, [released(a_hold(price), NOW)]).available == price + rest


@pytest.mark.parametrize("state", [HoldState.SETTLED, HoldState.RELEASED])
def test_a_hold_is_closed_once(state: HoldState) -> None:
    closed = replace(a_hold(), state=state)
    with pytest.raises(Conflict):
        settled(closed, EntryId("ent_1"), "Session", NOW)
    with pytest.raises(Conflict):
        released(closed, NOW)


def test_two_charges_of_one_hold_have_one_key() -> None:
    keys = {settled(a_hold(), EntryId(f"ent_{n}"), "Session", NOW)[1].key for n in range(2)}
    assert len(keys) == 1


@pytest.mark.parametrize(("kind", "credits"), [(EntryKind.GRANT, -1), (EntryKind.CHARGE, 1), (EntryKind.GRANT, 0)])
def test_an_entry_that_gives_is_never_negative_and_one_that_takes_never_positive(kind: EntryKind, credits: int) -> None:
    with pytest.raises(ValueError, match="credits"):
        replace(given_entry(1), kind=kind, credits=credits)


@given(st.integers(1, 100), st.none() | st.integers(-5, 120))
def test_a_refund_is_at_most_what_was_charged(price: int, wanted: int | None) -> None:
    _, charge = settled(a_hold(price), EntryId("ent_1"), "Session", NOW)
    if wanted is not None and not 1 <= wanted <= price:
        with pytest.raises(Invalid):
            refund(charge, wanted, entry=EntryId("ent_2"), reason="x", by="acc_2", at=NOW)
        return
    given_back = refund(charge, wanted, entry=EntryId("ent_2"), reason="x", by="acc_2", at=NOW)
    assert (given_back.credits, given_back.charge) == (wanted or price, charge.id)


def test_only_a_charge_is_refunded() -> None:
    with pytest.raises(Invalid, match="grant"):
        refund(given_entry(5), None, entry=EntryId("ent_2"), reason="x", by="acc_2", at=NOW)


@given(st.integers(1, 1000), st.integers(1, 10_000), st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 900))))
def test_what_is_taken_back_never_exceeds_what_was_bought_or_what_is_left(
    credits: int, paid: int, notices: list[tuple[int, int]]
) -> None:
    before = total = 0
    for given_back, available in notices:
        due, taken = to_take_back(credits, paid, given_back, before, available)
        assert before <= due <= credits
        assert 0 <= taken <= available
        before, total = due, total + taken
    assert total <= credits


def test_a_purchase_whose_money_was_all_given_back_is_taken_back_whole() -> None:
    assert to_take_back(60, 900, 900, 0, 60) == (60, 60)
    assert to_take_back(60, 900, 450, 0, 60) == (30, 30)
    assert to_take_back(60, 900, 900, 30, 10) == (60, 10)  # the other 20 were spent
    assert to_take_back(60, 900, 450, 60, 60) == (60, 0)  # an older notice that came late


@given(st.integers(0, 100), st.integers(0, 50), st.integers(1, 100))
def test_the_low_balance_answer_says_exactly_what_is_missing(credits: int, held: int, price: int) -> None:
    balance = Balance(credits, min(held, credits))
    lacking = missing(balance, price)
    assert balance.available + lacking >= price
    error = not_enough(balance, price, (Pack("small", 60, 900, "eur"),))
    assert (error.members["missing"], error.members["price"]) == (lacking, price)
    assert error.members["packs"] == [{"id": "small", "credits": 60, "amount": 900, "currency": "eur"}]
