"""lxml as far as pages need it, with types: it brings none."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final, Protocol

_etree: Final[Any] = import_module("lxml.etree")
_html: Final[Any] = import_module("lxml.html")


class Element(Protocol):
    """A node of a page. tag: a text only for elements; comments and the like have another."""

    tag: object
    text: str | None
    tail: str | None
    attrib: Mapping[str, str]

    def iter(self, *tags: str) -> Iterator["Element"]: ...
    def get(self, name: str, usual: str = "") -> str: ...
    def iterancestors(self) -> Iterator["Element"]: ...
    def getparent(self) -> "Element | None": ...
    def drop_tree(self) -> None: ...
    def findtext(self, path: str) -> str | None: ...


def page_of(content: bytes) -> Element | None:
    """None for a page that cannot be read."""
    try:
        return _html.document_fromstring(content, parser=_html.HTMLParser(encoding=_encoding(content), no_network=True))
    except (_etree.ParserError, _etree.XMLSyntaxError, ValueError, LookupError):
        return None


def fragment_of(text: str) -> Element | None:
    """A piece of a page, under one `div`; None if it cannot be read."""
    try:
        return _html.fragment_fromstring(text, create_parent="div")
    except (_etree.ParserError, ValueError):
        return None


def walk(element: Element) -> Iterator[tuple[str, Element]]:
    """Each node with `start` and `end`, comments with `comment`, in the order of the page."""
    yield from _etree.iterwalk(element, events=("start", "end", "comment", "pi"))


def _encoding(content: bytes) -> str | None:
    """UTF-8 where the content is; else what the page says itself."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
