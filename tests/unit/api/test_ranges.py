"""Parts of a sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.api.http.ranges import Part, Unsatisfiable, part_of


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-9", Part(0, 9)),
        ("bytes=90-", Part(90, 99)),
        ("bytes=-10", Part(90, 99)),
        ("bytes=-1000", Part(0, 99)),
        ("bytes=50-5000", Part(50, 99)),
        ("bytes=9-3", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("seconds=0-1", None),
    ],
)
def test_a_part_is_read_from_the_header(header: str | None, part: Part | None) -> None:
    assert part_of(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_behind_the_end_cannot_be_given(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_of(header, 100)


@given(st.one_of(st.text(), st.from_regex(r"bytes=\d*-\d*", fullmatch=True)), st.integers(0, 500))
def test_a_part_lies_within_the_sound(header: str, length: int) -> None:
    try:
        part = part_of(header, length)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.first <= part.last < length
