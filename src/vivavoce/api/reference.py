"""`/api/openapi.json`, and `/api/docs`: a plain page made from it, without scripts and without other hosts."""

import html
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Response
from starlette.responses import HTMLResponse

from vivavoce.api.errors import codes

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_CSP: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_STYLE: Final = """
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);
--soft:color-mix(in srgb,currentColor 6%,transparent)}
body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:2rem 1.25rem 6rem}
h1{font-size:2rem;margin:.2em 0}h2{margin:2.5em 0 .5em;border-bottom:1px solid var(--line);padding-bottom:.3em}
code,pre{font:.875em/1.5 ui-monospace,monospace}
pre{background:var(--soft);padding:.8em 1em;border-radius:.5em;overflow:auto}
details{border:1px solid var(--line);border-radius:.5em;margin:.5em 0}summary{padding:.6em .9em;cursor:pointer}
details>div{padding:0 .9em .9em}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;
padding:.35em .8em .35em 0;border-top:1px solid var(--line)}.verb{display:inline-block;min-width:3.2em;font-weight:600}
:target{outline:2px solid Highlight}nav a{margin-right:1em}
"""


def reference(app: FastAPI) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @cache
    def description() -> bytes:
        return json.dumps(app.openapi(), ensure_ascii=False).encode()

    @cache
    def page() -> str:
        return reference_page(app.openapi())

    @router.get("/api/openapi.json")
    async def openapi() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(description(), media_type="application/json")

    @router.get("/api/docs")
    async def docs() -> Response:  # pyright: ignore[reportUnusedFunction]
        return HTMLResponse(page(), headers={"Content-Security-Policy": _CSP})

    return router


def reference_page(openapi: dict[str, Any]) -> str:
    """The description as HTML. Everything from it is escaped."""
    info = openapi["info"]
    parts = [
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{_e(info['title'])}: the interface</title>"
        f"<meta name='viewport' content='width=device-width'><style>{_STYLE}</style></head><body>",
        f"<h1>{_e(info['title'])} <small>{_e(info['version'])}</small></h1>",
        "<nav><a href='/api/openapi.json'>openapi.json</a><a href='#problems'>Problems</a></nav>",
        *_prose(info["description"]),
    ]
    for tag in openapi["tags"]:
        parts.append(f"<h2 id='{_e(tag['name'])}'>{_e(tag['name'].capitalize())}</h2><p>{_e(tag['description'])}</p>")
        parts.extend(_operations(openapi, tag["name"]))
    parts.append("<h2 id='problems'>Problems</h2><table><tr><th>code</th><th>status</th><th>title</th></tr>")
    for code, (status, title) in sorted(codes().items()):
        parts.append(f"<tr id='{_e(code)}'><td><code>{_e(code)}</code></td><td>{status}</td><td>{_e(title)}</td></tr>")
    return "\n".join([*parts, "</table></body></html>"])


def _e(text: object) -> str:
    return html.escape(str(text))


def _prose(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield f"<pre>{_e(paragraph.strip())}</pre>" if paragraph.startswith("    ") else f"<p>{_marked(paragraph)}</p>"


def _marked(text: str) -> str:
    """`code`, **strong** and [text](link): all that the description uses."""
    pieces = [
        f"<code>{_e(piece)}</code>" if at % 2 else _e(piece).replace("[/api/docs](/api/docs)", "/api/docs")
        for at, piece in enumerate(text.split("`"))
    ]
    strong = "".join(pieces).split("**")
    return "".join(f"<strong>{piece}</strong>" if at % 2 else piece for at, piece in enumerate(strong))


def _operations(openapi: dict[str, Any], tag: str) -> Iterator[str]:
    for path, item in openapi["paths"].items():
        for method in _METHODS:
            operation = item.get(method)
            if operation is not None and tag in operation["tags"]:
                yield _operation(openapi, path, method, operation)


def _operation(openapi: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    rows = "".join(_parameter(one) for one in operation.get("parameters", []))
    body = operation.get("requestBody", {}).get("content", {})
    answers = "".join(_answer(openapi, status, answer) for status, answer in operation["responses"].items())
    return (
        f"<details id='{_e(operation['operationId'])}'><summary><span class='verb'>{method.upper()}</span> "
        f"<code>{_e(path)}</code> {_e(operation['summary'])}</summary><div>"
        f"<p>{_marked(operation.get('description', ''))}</p>"
        + (f"<h3>Parameters</h3><table>{rows}</table>" if rows else "")
        + (f"<h3>Request</h3>{_examples(openapi, body, '200')}" if body else "")
        + f"<h3>Answers</h3><table>{answers}</table></div></details>"
    )


def _answer(openapi: dict[str, Any], status: str, answer: dict[str, Any]) -> str:
    examples = _examples(openapi, answer.get("content", {}), status)
    return f"<tr><td>{_e(status)}</td><td>{_marked(answer['description'])}{examples}</td></tr>"


def _parameter(parameter: dict[str, Any]) -> str:
    needed = "" if parameter.get("required") else " (optional)"
    return (
        f"<tr><td><code>{_e(parameter['name'])}</code> in {_e(parameter['in'])}{needed}</td>"
        f"<td>{_marked(parameter.get('description', ''))}</td></tr>"
    )


def _examples(openapi: dict[str, Any], content: dict[str, Any], status: str) -> str:
    """One example of each form of a success; problems all look alike."""
    if not status.startswith("2"):
        return ""
    found: list[str] = []
    for media_type, form in content.items():
        example = example_of(openapi, form)
        if example is not None:
            text = example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
            found.append(f"<p><code>{_e(media_type)}</code></p><pre>{_e(text)}</pre>")
    return "".join(found)


def example_of(openapi: dict[str, Any], form: dict[str, Any]) -> Any:
    """The example of a media type: its own, or its schema's; None without one."""
    if "example" in form:
        return form["example"]
    if form.get("examples"):
        return next(iter(form["examples"].values()))["value"]
    schema = form.get("schema", {})
    if "$ref" in schema:
        schema = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return next(iter(schema.get("examples", [])), None)
