"""Cursors of lists."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.domain.errors import Invalid
from vivavoce.services.ports import Cursor

TIMES = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))
IDS = st.from_regex(r"[a-z]{3}_[0-9a-z]{1,40}", fullmatch=True, alphabet=st.characters(max_codepoint=127))


@given(TIMES, IDS)
def test_a_cursor_comes_back_as_it_was_written(at: datetime, id: str) -> None:
    cursor = Cursor(at, id)
    text = write_cursor(cursor)
    assert read_cursor(text) == cursor
    assert text.replace("-", "").replace("_", "").isalnum()


@given(st.one_of(st.text(), st.text(st.characters(max_codepoint=127)), st.binary().map(lambda raw: raw.hex())))
def test_other_texts_are_refused_or_mean_a_place(text: str) -> None:
    try:
        cursor = read_cursor(text)
    except Invalid:
        return
    assert read_cursor(write_cursor(cursor)) == cursor


@pytest.mark.parametrize("plain", ["999999999999999999.ses_1", "1.ses_A", "1.ses_", "-1.ses_1", "1", "1.ses_1\n"])
def test_what_was_never_written_is_refused(plain: str) -> None:

    with pytest.raises(Invalid):
        read_cursor(base64.urlsafe_b64encode(plain.encode()).decode().rstrip("="))
