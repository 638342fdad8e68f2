"""Documents for tests: made here, so that what they say stands beside the test."""

import io
from collections.abc import Sequence

import docx
import typst
from pypdf import PdfReader, PdfWriter


def pdf_of(text: str) -> bytes:
    """A PDF of that text; each line is a paragraph of it."""
    escaped = "\n\n".join(f"#{_typst_text(line)}" for line in text.split("\n") if line.strip())
    return typst.compile(escaped.encode())


def _typst_text(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def empty_pdf(pages: int = 1) -> bytes:
    """As a scanner makes it: pages without text."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    return _written(writer)


def locked_pdf(text: str, password: str, *, to_open: bool) -> bytes:
    """to_open: the password is needed to open it; else only to change it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(text))))
    writer.encrypt(password if to_open else "", password, algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_of(*paragraphs: str, table: Sequence[Sequence[str]] = (), bullets: Sequence[str] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for bullet in bullets:
        document.add_paragraph(bullet, style="List Bullet")
    if table:
        rows = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(rows.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
