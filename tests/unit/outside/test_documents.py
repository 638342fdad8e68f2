"""Documents are read beside the server, and no longer than they may take."""

import pytest
from tests.documents import pdf_of

from vivavoce.domain.errors import Invalid, TooLarge, UnsupportedMedia
from vivavoce.outside.documents import MOST_BYTES, ProcessDocuments

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def test_a_document_is_read_in_a_process_of_its_own() -> None:
    assert "We look for a nurse" in await ProcessDocuments().text(pdf_of("We look for a nurse."), "application/pdf")


async def test_what_is_refused_there_is_refused_here() -> None:
    with pytest.raises(UnsupportedMedia, match="picture"):
        await ProcessDocuments().text(b"\x89PNG", "image/png")


async def test_an_empty_and_a_huge_document_are_refused_at_once() -> None:
    with pytest.raises(Invalid, match="empty"):
        await ProcessDocuments().text(b"", "text/plain")
    with pytest.raises(TooLarge, match="10 MB"):
        await ProcessDocuments().text(b"x" * (MOST_BYTES + 1), "text/plain")


async def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Invalid, match="too long"):
        await ProcessDocuments(0.2, "http.server").text(b"x", "0")


async def test_a_reader_that_breaks_is_no_crash_of_ours() -> None:
    with pytest.raises(Invalid, match="could not be read"):
        await ProcessDocuments(20, "vivavoce.no_such_module").text(b"x", "text/plain")
