"""What the columns take."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from vivavoce.storage.types import AnyText, UtcTime, storable

DIALECTS = [sqlite.dialect(), postgresql.dialect()]


@given(st.text())
def test_every_text_can_be_stored_and_is_left_alone_where_it_can(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    stored.encode()
    assert len(stored) == len(text)
    assert all(before == after for before, after in zip(text, stored, strict=True) if after != "\ufffd")
    assert storable(stored) == stored


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_time_is_stored_in_utc(dialect: postgresql.dialect) -> None:
    abroad = datetime(2026, 11, 21, 14, 30, 0, 123456, timezone(timedelta(hours=5, minutes=30)))
    column = UtcTime()
    stored = column.process_bind_param(abroad, dialect)
    back = column.process_result_value(stored, dialect)
    assert back == abroad
    assert back is not None
    assert back.tzinfo is UTC


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 21), DIALECTS[0])


def test_nothing_stays_nothing() -> None:
    assert AnyText().process_bind_param(None, DIALECTS[0]) is None
    assert UtcTime().process_bind_param(None, DIALECTS[0]) is None
    assert UtcTime().process_result_value(None, DIALECTS[0]) is None
