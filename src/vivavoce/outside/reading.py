"""The text of a document, from its bytes. Runs in a process of its own (documents.py): what people send may be built to
take all memory, or for ever.

What a document is, is read from its content: what its name or sender says counts only between HTML and plain text.
Limits: 100 pages, 200,000 characters of text, 40 MB of unpacked XML.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Final, cast

import docx
import docx.document
import docx.oxml.exceptions
import pypdf
import pypdf.errors
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell  # pyright: ignore[reportPrivateUsage]: its name for what a row holds
from docx.text.paragraph import Paragraph

from vivavoce.domain.errors import Invalid, TooLarge, UnsupportedMedia
from vivavoce.outside.markup import Element
from vivavoce.outside.page_text import is_html, text_of_page

MOST_PAGES: Final = 100
MOST_CHARACTERS: Final = 200_000
_MOST_UNPACKED_BYTES: Final = 40 * 1024 * 1024
_MOST_PARTS: Final = 2000
_LEAST_WORDS: Final = 5  # in a DOCX, before text boxes are searched too
_TAKEN: Final = "PDF, DOCX, HTML and plain text are read."
_OTHER_KINDS: Final = (
    (b"\xd0\xcf\x11\xe0", "This is an old Word file, or one with a password. Save it as DOCX or PDF and try again."),
    (b"{\\rtf", "This is an RTF file. Save it as DOCX or PDF and try again."),
    (b"\x89PNG", f"This is a picture. {_TAKEN}"),
    (b"\xff\xd8\xff", f"This is a picture. {_TAKEN}"),
    (b"GIF8", f"This is a picture. {_TAKEN}"),
    (b"RIFF", f"This is a sound or a picture. {_TAKEN}"),
    (b"OggS", f"This is a sound. {_TAKEN}"),
    (b"ID3", f"This is a sound. {_TAKEN}"),
)
_NO_TEXT: Final = "This document holds no text. If it was scanned, paste its text instead."
_BROKEN: Final = "This document is damaged: it cannot be read. Save it anew, or paste its text instead."


def text_of(content: bytes, media_type: str) -> str:
    """The document's text, tidied. Raises UnsupportedMedia, TooLarge, Invalid."""
    text = tidy(_text_of(content, media_type))
    if not text:
        raise Invalid(_NO_TEXT)
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"This document holds more than {MOST_CHARACTERS:,} characters of text.")
    return text


def _text_of(content: bytes, media_type: str) -> str:
    if b"%PDF-" in content[:1024]:
        return _text_of_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _text_of_docx(content)
    for beginning, said in _OTHER_KINDS:
        if content.startswith(beginning):
            raise UnsupportedMedia(said)
    if is_html(content, media_type):
        return text_of_page(content)
    return _plain(content)


def tidy(text: str) -> str:
    """Without control characters, ligatures and long gaps."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", ""))
    kept = "".join(one if one in "\n\t" or unicodedata.category(one)[0] != "C" else " " for one in text)
    lines = (re.sub(r"\s+", " ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# --- PDF --------------------------------------------------------------------------------------------


def _text_of_pdf(content: bytes) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):  # many are locked for changes only
            raise Invalid("This PDF is protected by a password. Save it without, or paste its text instead.")
        if len(reader.pages) > MOST_PAGES:
            raise TooLarge(f"This PDF has more than {MOST_PAGES} pages.")
        return "\n\n".join(_of_pages(reader))
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise Invalid(_BROKEN) from None  # a damaged file can make pypdf meet any of these


def _of_pages(reader: pypdf.PdfReader) -> Iterator[str]:
    characters = 0
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        yield text
        if characters > 2 * MOST_CHARACTERS:
            return


# --- DOCX -------------------------------------------------------------------------------------------


def _text_of_docx(content: bytes) -> str:
    _check_package(content)
    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_blocks(document))
        if len(text.split()) < _LEAST_WORDS:
            text = "\n".join(_everywhere(document))
    except (PackageNotFoundError, docx.oxml.exceptions.InvalidXmlError, KeyError, ValueError, zipfile.BadZipFile):
        raise Invalid(_BROKEN) from None
    except (SyntaxError, AttributeError, RecursionError, NotImplementedError):  # XML that is none, or of another kind
        raise Invalid(_BROKEN) from None
    return text


def _check_package(content: bytes) -> None:
    """That it is a DOCX, and does not unpack to more than is read. (zipfile reads no more than a part declares.)"""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Invalid(_BROKEN) from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise TooLarge("This document unpacks to more than is read.")
    if not any(part.filename.startswith("word/") for part in parts):
        raise UnsupportedMedia(f"This is a packed file, but no Word document. {_TAKEN}")


def _blocks(holder: docx.document.Document | _Cell) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield from _rows(block)


def _paragraph(paragraph: Paragraph) -> str:
    style = paragraph.style.name if paragraph.style is not None else None
    listed = style is not None and style.startswith("List")
    return f"- {paragraph.text}" if listed and paragraph.text.strip() else paragraph.text


def _rows(table: Table) -> Iterator[str]:
    """A line for each row; cells that are one stand once."""
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}  # pyright: ignore[reportPrivateUsage]
        texts = ["\n".join(_blocks(cell)).strip() for cell in cells.values()]
        yield (
            "\n".join(text for text in texts if text)
            if any("\n" in text for text in texts)
            else ": ".join(text for text in texts if text)
        )


def _everywhere(document: docx.document.Document) -> Iterator[str]:
    """Each paragraph of the body, those of text boxes too."""
    body = cast(Element, document.element.body)  # pyright: ignore[reportUnknownMemberType]: python-docx builds it late
    for paragraph in body.iter(qn("w:p")):
        yield "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))


# --- plain text -------------------------------------------------------------------------------------


def _plain(content: bytes) -> str:
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(bom):
            return _decoded(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(content, "cp1252")
    controls = sum(unicodedata.category(one) == "Cc" and one not in "\n\r\t\f\v" for one in text[:20_000])
    if "\0" in text or controls * 50 > len(text[:20_000]):
        raise UnsupportedMedia(f"This is no text that can be read. {_TAKEN}")
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnsupportedMedia(f"This is no text that can be read. {_TAKEN}") from None
