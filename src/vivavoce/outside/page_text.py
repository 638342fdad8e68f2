"""The main text of an HTML page: without scripts, menus and what is hidden.

A page that describes a job for machines (schema.org's JobPosting, as JSON-LD) is read from that: such pages are often
drawn by a script, and hold nothing else.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from vivavoce.base.wording import words
from vivavoce.domain.errors import Invalid
from vivavoce.outside.markup import Element, fragment_of, page_of, walk

_BEGINNING: Final = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DROPPED: Final = words(
    """script style noscript template svg canvas iframe object nav footer aside button select input textarea"""
)
_BLOCKS: Final = words(
    """address article blockquote br dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr li main ol p
    pre section table tbody td tfoot th thead tr ul"""
)
_MAIN: Final = ("main", "article")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEAST: Final = 200  # characters of a part that passes for the page's main text


def is_html(content: bytes, media_type: str) -> bool:
    return media_type in ("text/html", "application/xhtml+xml") or _BEGINNING.match(content[:4096]) is not None


def text_of_page(content: bytes) -> str:
    """Raises Invalid for a page that cannot be read."""
    page = page_of(content)
    if page is None:
        raise Invalid("This page holds no text that can be read. Paste the text instead.")
    posting = next(_postings(page), None)
    return posting if posting is not None else _main_text(page)


# --- what machines are told -------------------------------------------------------------------------


def _postings(page: Element) -> Iterator[str]:
    for script in page.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            found: object = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _posting_texts(found, depth=0)


def _posting_texts(found: object, depth: int) -> Iterator[str]:
    if depth > 5:
        return
    if isinstance(found, list):
        for one in cast("list[object]", found):
            yield from _posting_texts(one, depth + 1)
    elif isinstance(found, dict):
        thing = cast("dict[str, Any]", found)
        kind: object = thing.get("@type")
        kinds = cast("list[object]", kind) if isinstance(kind, list) else [kind]
        text = _posting_text(thing) if "JobPosting" in kinds else ""
        if text:
            yield text
        yield from _posting_texts(thing.get("@graph"), depth + 1)


def _posting_text(thing: dict[str, Any]) -> str:
    """Empty when it says nothing."""
    described = [_told(thing.get(part)) for part in ("description", "responsibilities", "qualifications", "skills")]
    if not any(described):
        return ""
    organisation: object = thing.get("hiringOrganization")
    company = cast("dict[str, object]", organisation).get("name") if isinstance(organisation, dict) else organisation
    head = [_told(thing.get("title")), f"Company: {company}" if isinstance(company, str) and company else ""]
    return "\n\n".join(part for part in [*head, *described] if part)


def _told(value: object) -> str:
    """A text that may be HTML, or HTML that was escaped once more."""
    if isinstance(value, list):
        return "\n".join(filter(None, (_told(one) for one in cast("list[object]", value))))
    if not isinstance(value, str) or not value.strip():
        return ""
    if "<" not in value and "&lt;" in value:
        value = value.replace("&lt;", "<").replace("&gt;", ">")
    fragment = fragment_of(value)
    return _lines(fragment) if fragment is not None else ""


# --- what people see --------------------------------------------------------------------------------


def _main_text(page: Element) -> str:
    title = page.findtext(".//title") or ""
    for element in [one for one in page.iter() if isinstance(one.tag, str) and _is_beside(one)]:
        if element.getparent() is not None:
            element.drop_tree()
    parts = [one for one in page.iter() if one.tag in _MAIN or _role(one) == "main"]
    texts = sorted((_lines(part) for part in parts), key=len)
    text = texts[-1] if texts and len(texts[-1]) >= _LEAST else _lines(next(page.iter("body"), page))
    return f"{title.strip()}\n\n{text}" if text else ""


def _is_beside(element: Element) -> bool:
    """Whether it is no part of what the page says. A heading of the main part is one."""
    if element.tag == "header":
        return not any(one.tag in _MAIN for one in element.iterancestors())
    return element.tag in _DROPPED or _is_hidden(element)


def _role(element: Element) -> str:
    return element.get("role", "") if isinstance(element.tag, str) else ""


def _is_hidden(element: Element) -> bool:
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    return hidden or _HIDDEN.search(element.get("style", "")) is not None


def _lines(element: Element) -> str:
    """The element's text; each block on lines of its own."""
    pieces: list[str] = []
    for event, one in walk(element):
        tag = one.tag if isinstance(one.tag, str) else ""
        if event == "start":
            pieces.append("\n- " if tag == "li" else "\n" if tag in _BLOCKS else "")
            pieces.append(_flat(one.text))
        elif event == "end":
            pieces.append("\n" if tag in _BLOCKS else "")
        if event != "start" and one is not element:
            pieces.append(_flat(one.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line and line != "-")


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
