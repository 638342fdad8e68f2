"""HTTP tools against a service on loopback that misbehaves."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest
from anyio.abc import ByteStream, SocketAttribute

from vivavoce.engine.ports import ToolFailed
from vivavoce.providers.tools.file import HttpTool
from vivavoce.providers.tools.http import HttpTools

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


@asynccontextmanager
async def service(**answers: bytes) -> AsyncGenerator[int]:
    """Answers each path by its name."""
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)

    async def serve(stream: ByteStream) -> None:
        async with stream:
            path = (await stream.receive()).split()[1].decode()
            await stream.send(answers[path.strip("/").partition("?")[0]])

    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, serve)
        yield listener.extra(SocketAttribute.local_port)
        tasks.cancel_scope.cancel()


async def called(url: str, *, allow_private: bool = True, limit_kb: int = 1) -> object:
    tool = HttpTool.model_validate(
        {
            "name": "it",
            "description": "It.",
            "url": url,
            "allow_private": allow_private,
            "answer_limit_kb": limit_kb,
        }
    )
    tools = HttpTools([tool], 10)
    try:
        return await tools.tools[0].call({})
    except ToolFailed as failed:
        return failed
    finally:
        await tools.aclose()


JSON = "content-type: application/json"


@pytest.mark.parametrize(
    ("sent", "got"),
    [
        (answer("200 OK", b'{"a": [1]}', JSON), {"a": [1]}),
        (answer("200 OK", "größer".encode(), "content-type: text/plain; charset=utf-8"), "größer"),
        (answer("204 No Content"), "Done."),
        (answer("200 OK", b"{", JSON), "the service's answer is no valid JSON"),
        (answer("200 OK", b"x" * 1025, "content-type: text/plain"), "the service's answer is longer than 1 kB"),
        (answer("200 OK", b"\x00", "content-type: image/png"), "the service's answer is neither JSON nor text"),
        (answer("404 No", b"No such city", "content-type: text/plain"), "answered with status 404. No such city"),
        (answer("200 OK", b"x", JSON, "content-encoding: gzip"), "the service's answer is packed"),
        (b"nonsense\r\n\r\n", "the service could not be reached (RemoteProtocolError)"),
        (answer("302 Found", b"", "location: http://127.0.0.1:1/"), "the service redirects to another host"),
        (answer("302 Found", b"", "location: /again"), "the service redirects too often"),
        (answer("302 Found", b"", "location: /there"), "arrived"),
    ],
)
async def test_an_answer_is_taken_as_it_is_meant(sent: bytes, got: object) -> None:
    there = answer("200 OK", b"arrived", "content-type: text/plain")
    async with service(here=sent, again=answer("302 Found", b"", "location: /again"), there=there) as port:
        result = await called(f"http://127.0.0.1:{port}/here")
    if isinstance(result, ToolFailed):
        assert str(got) in str(result)
    else:
        assert result == got


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1"])
async def test_a_private_address_is_refused_however_it_is_written(host: str) -> None:
    result = await called(f"http://{host}:9/", allow_private=False)
    assert isinstance(result, ToolFailed)
    assert "private address" in str(result)
