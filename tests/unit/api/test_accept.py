"""Choosing a form of an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.api.http.accept import preferred

OFFERS = ["application/json", "text/plain", "text/vtt"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/vtt", "text/vtt"),
        ("TEXT/VTT; charset=utf-8", "text/vtt"),
        ("text/*", "text/plain"),
        ("text/plain;q=0.5, text/vtt;q=0.9, */*;q=0.1", "text/vtt"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("application/json;q=0, text/*", "text/plain"),
        ("image/png", "application/json"),
        ("text/vtt;q=high", "application/json"),
        ("", "application/json"),
    ],
)
def test_what_the_client_likes_best_is_chosen(accept: str | None, chosen: str) -> None:
    assert preferred(accept, OFFERS) == chosen


@given(st.text())
def test_any_header_leads_to_an_offer(accept: str) -> None:
    assert preferred(accept, OFFERS) in OFFERS
