"""The text of documents, whatever they are called."""

import io
import zipfile

import pytest
from tests.documents import docx_of, empty_pdf, locked_pdf, pdf_of

from vivavoce.domain.errors import Invalid, TooLarge, UnsupportedMedia
from vivavoce.outside.reading import MOST_PAGES, text_of

ADVERT = "We look for a nurse.\nYou have worked in a hospital for three years."


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", ""])
def test_a_pdf_is_one_whatever_its_sender_says(media_type: str) -> None:
    text = text_of(pdf_of(ADVERT), media_type)
    assert "We look for a nurse." in text
    assert "three years" in text


def test_a_pdf_that_is_locked_against_changes_is_read() -> None:
    assert "nurse" in text_of(locked_pdf(ADVERT, "secret", to_open=False), "")


def test_a_pdf_with_a_password_says_so() -> None:
    with pytest.raises(Invalid, match="password"):
        text_of(locked_pdf(ADVERT, "secret", to_open=True), "")


def test_a_scanned_pdf_says_that_it_holds_no_text() -> None:
    with pytest.raises(Invalid, match="scanned"):
        text_of(empty_pdf(2), "")


def test_a_pdf_of_too_many_pages_is_too_large() -> None:
    with pytest.raises(TooLarge, match=f"{MOST_PAGES} pages"):
        text_of(empty_pdf(MOST_PAGES + 1), "")


@pytest.mark.parametrize("cut", [9, 40, 400])
def test_a_damaged_pdf_says_so(cut: int) -> None:
    with pytest.raises(Invalid):
        text_of(pdf_of(ADVERT)[:cut], "")


def test_a_docx_gives_paragraphs_lists_and_tables() -> None:
    document = docx_of(
        "Baker", "We bake at night.", bullets=["Sourdough"], table=[["Pay", "20 an hour"], ["Where", "Bonn"]]
    )
    assert text_of(document, "application/octet-stream").split("\n") == [
        "Baker",
        "We bake at night.",
        "- Sourdough",
        "Pay: 20 an hour",
        "Where: Bonn",
    ]


def test_a_docx_that_unpacks_to_too_much_is_refused_unread() -> None:
    bomb = io.BytesIO(docx_of("x"))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/more.xml", b" " * 41 * 1024 * 1024)
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(TooLarge, match="unpacks"):
        text_of(bomb.getvalue(), "")


def test_a_docx_with_entities_does_not_grow() -> None:
    """The `billion laughs`: entities of entities."""
    evil = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">'.encode() for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    plain = zipfile.ZipFile(io.BytesIO(docx_of("x")))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part in plain.namelist():
            content = plain.read(part)
            if part == "word/document.xml":
                content = content.replace(b"<w:document", evil + b"]><w:document").replace(b">x<", b">&i;<")
            package.writestr(part, content)
    with pytest.raises(Invalid):
        text_of(packed.getvalue(), "")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0\xa1\xb1", b"{\\rtf1 a}", b"\x89PNG\r\n", b"OggS", b"a\0b"]
)
def test_what_is_no_document_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid) as told:
        text_of(content, "application/pdf")
    assert str(told.value).endswith(".")


def test_a_packed_file_that_is_no_word_document_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(UnsupportedMedia, match="no Word document"):
        text_of(packed.getvalue(), "")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"plain", "plain"),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("utf-16"), "Größe"),
        ("Größe".encode("cp1252"), "Größe"),
        (b"\xef\xbb\xbfwith a mark", "with a mark"),
        (b"a\r\nb\r\n\r\n\r\n\r\nc  d", "a\nb\n\nc d"),
        ("of\ufb01ce \u200bspace".encode(), "office space"),
    ],
)
def test_plain_text_is_read_in_the_usual_encodings_and_tidied(content: bytes, text: str) -> None:
    assert text_of(content, "text/plain") == text


def test_nothing_but_blanks_holds_no_text() -> None:
    with pytest.raises(Invalid, match="no text"):
        text_of(b"  \n ", "text/plain")


def test_endless_text_is_too_large() -> None:
    with pytest.raises(TooLarge):
        text_of(b"word " * 50_000, "text/plain")


PAGE = """<!doctype html><html><head><title>Cook wanted</title><script>var a = "hidden words"</script>
<style>p { color: red }</style></head><body><nav>Home Jobs</nav><header>Our great site</header>
<main><header><h1>Cook</h1></header><p>We cook <b>every</b> day.</p><ul><li>Knives</li><li>Heat</li></ul>
<div style="display: none">not for you</div><!-- a remark --><p hidden>nor this</p>
<p>{}</p></main><footer>Imprint</footer></body></html>""".replace("{}", "Long enough to be the main part. " * 8)


def test_a_page_gives_its_main_text() -> None:
    text = text_of(PAGE.encode(), "text/html")
    assert text.split("\n")[:6] == ["Cook wanted", "", "Cook", "We cook every day.", "- Knives", "- Heat"]
    for other in ("Home", "Our great site", "hidden words", "not for you", "nor this", "Imprint", "a remark", "color"):
        assert other not in text


def test_a_page_is_one_without_a_media_type() -> None:
    assert "<" not in text_of(b"<!-- x --><html><body><p>Words</p></body></html>", "")


def test_a_page_in_another_encoding_is_read() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Größe</p></body></html>'
    assert text_of(page.encode("iso-8859-1"), "text/html") == "Größe"


def test_a_page_that_a_script_draws_is_read_from_what_it_tells_machines() -> None:
    page = """<html><head><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
    {"@type": "JobPosting", "title": "Welder",
    "hiringOrganization": {"@type": "Organization", "name": "Steel &amp; Co"},
    "description": "&lt;p&gt;You weld.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;TIG&lt;/li&gt;&lt;/ul&gt;"}]}</script></head>
    <body><div id="root">Loading</div></body></html>"""
    assert text_of(page.encode(), "text/html") == "Welder\n\nCompany: Steel &amp; Co\n\nYou weld.\n- TIG"


@pytest.mark.parametrize("page", [b"<html></html>", b"<!doctype html>", b"<html><script>1</script></html>"])
def test_a_page_without_words_says_so(page: bytes) -> None:
    with pytest.raises(Invalid, match="no text"):
        text_of(page, "text/html")
