"""HTTP tools: one request for a call, its answer as a JSON value or text.

1. Parameters that the address names are filled in, escaped; the others are the query of GET and DELETE, and the JSON
   body of POST, PUT and PATCH.
2. Every address that is connected to is checked (addresses.py). Redirects are followed on the same host only.
3. An answer is JSON or text, and not longer than the tool allows. What goes wrong is told to the model in a sentence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx2

from vivavoce.domain.sessions.events import ToolPlace
from vivavoce.engine.ports import ToolFailed
from vivavoce.providers.tools.addresses import address_of
from vivavoce.providers.tools.file import PARAMETER, HttpTool
from vivavoce.providers.tools.tool import Tool

_HOPS: Final = 3  # redirects of one call
_EXCERPT: Final = 500  # characters of a refusal that are told to the model
_IN_QUERY: Final = frozenset({"GET", "DELETE"})
_PORTS: Final = {"http": 80, "https": 443}


class HttpTools:
    """These tools, over one client. deadline_s: for a call whose tool has no shorter one."""

    def __init__(self, tools: Sequence[HttpTool], deadline_s: float) -> None:
        # Without proxies: the address that was checked is the one that is connected to. Calls bring their deadline.
        self._client = httpx2.AsyncClient(follow_redirects=False, timeout=None, trust_env=False)
        self.tools = tuple(
            Tool(
                tool.name,
                tool.description,
                tool.parameters,
                ToolPlace.HTTP,
                min(tool.timeout_s or deadline_s, deadline_s),
                partial(_call, tool, self._client),
            )
            for tool in tools
        )

    async def aclose(self) -> None:
        await self._client.aclose()


@dataclass(frozen=True, slots=True)
class Request:
    """body: None for none."""

    method: str
    url: str
    body: str | None = None


def request_of(tool: HttpTool, arguments: Mapping[str, object]) -> Request:
    """What is sent for these arguments. Raises ToolFailed if they do not fit."""
    missing = [name for name in tool.parameters.get("required", []) if name not in arguments]
    if missing:
        raise ToolFailed(f"these parameters are missing: {', '.join(missing)}")
    split = urlsplit(tool.url)
    path = PARAMETER.sub(lambda match: _segment(arguments[match[1]]), split.path)
    query = PARAMETER.sub(lambda match: quote(_text(arguments[match[1]]), safe=""), split.query)
    rest = {name: value for name, value in arguments.items() if name not in tool.in_url}
    body: str | None = None
    if tool.method not in _IN_QUERY:
        body = json.dumps(rest)
    elif rest:
        given = urlencode({name: _text(value) for name, value in rest.items()})
        query = f"{query}&{given}" if query else given
    return Request(tool.method, split._replace(path=path, query=query).geturl(), body)


def _segment(value: object) -> str:
    text = _text(value)
    if text in {"", ".", ".."}:
        raise ToolFailed("a parameter of the address is empty, or leads elsewhere")
    return quote(text, safe="")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


async def _call(tool: HttpTool, client: httpx2.AsyncClient, arguments: Mapping[str, object]) -> object:
    request = request_of(tool, arguments)
    for _ in range(_HOPS + 1):
        try:
            answer = await _send(tool, client, request)
        except httpx2.HTTPError as error:
            raise ToolFailed(f"the service could not be reached ({type(error).__name__})") from None
        if not isinstance(answer, Request):
            return answer
        request = answer
    raise ToolFailed("the service redirects too often")


async def _send(tool: HttpTool, client: httpx2.AsyncClient, request: Request) -> object:
    """The answer, or the request that a redirect asks for."""
    url = httpx2.URL(request.url)
    port = url.port or _PORTS[url.scheme]
    address = await address_of(url.host, port, allow_private=tool.allow_private)
    headers = {
        "Accept": "application/json, text/*;q=0.5",
        **({"Content-Type": "application/json"} if request.body is not None else {}),
        **{name: value.get_secret_value() for name, value in tool.headers.items()},
        "Accept-Encoding": "identity",  # so that the limit counts what is unpacked
        "Host": url.netloc.decode("ascii"),
    }
    sent = client.stream(
        request.method,
        url.copy_with(host=address),
        headers=headers,
        content=request.body,
        extensions={"sni_hostname": url.host},
    )
    async with sent as response:
        if response.has_redirect_location:
            return _next(request, response.headers["Location"], response.status_code)
        content = await _read(response, tool.answer_limit_kb * 1024)
        return _answer(response, content)


def _next(request: Request, location: str, status: int) -> Request:
    there = urljoin(request.url, location)
    if urlsplit(there)[:2] != urlsplit(request.url)[:2]:
        raise ToolFailed("the service redirects to another host, which is not followed")
    if status in {307, 308} or request.method == "GET":
        return replace(request, url=there)
    return Request("GET", there)


async def _read(response: httpx2.Response, limit_bytes: int) -> bytes:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ToolFailed("the service's answer is packed, which was not asked for")
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > limit_bytes:
            raise ToolFailed(f"the service's answer is longer than {limit_bytes // 1024} kB")
    return bytes(content)


def _answer(response: httpx2.Response, content: bytes) -> object:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_json = kind == "application/json" or kind.endswith("+json")
    text = ""
    if is_json or kind.startswith("text/"):
        text = _decoded(content, response.charset_encoding)
    if response.status_code >= 400:
        raise ToolFailed(f"the service answered with status {response.status_code}. {text[:_EXCERPT]}".strip())
    if not content:
        return "Done."
    if is_json:
        try:
            return json.loads(text)
        except ValueError:
            raise ToolFailed("the service's answer is no valid JSON") from None
    if not text:
        raise ToolFailed("the service's answer is neither JSON nor text")
    return text


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except LookupError:  # a charset that nobody knows
        return content.decode("utf-8", errors="replace")
