"""A server on loopback: the OpenAI chat protocol as far as a streamed reply needs it, and misbehaviour on demand."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import anyio
from anyio.abc import ByteStream, SocketAttribute

SECRET: Final = "words-that-must-not-leak"
"""Stands in each error's text, as vendors quote prompts and keys there."""
_STREAM: Final = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
_DONE: Final = b"data: [DONE]\n\n"

Behaviour = Callable[[ByteStream], Any]


@dataclass
class OpenAiServer:
    """requests: the JSON bodies, oldest first. closed: set when a client hung up in the middle of a reply."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    headers: list[str] = field(default_factory=list[str])
    closed: anyio.Event = field(default_factory=anyio.Event)


@asynccontextmanager
async def openai_server(behaviour: Behaviour) -> AsyncGenerator[OpenAiServer]:
    """A server that answers each request by `behaviour`."""
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    port = listener.extra(SocketAttribute.local_port)
    server = OpenAiServer(f"http://127.0.0.1:{port}/v1")

    async def answer(stream: ByteStream) -> None:
        async with stream:
            try:
                head, body = await _request(stream)
                server.headers.append(head)
                server.requests.append(json.loads(body))
                await behaviour(stream)
            except (anyio.BrokenResourceError, anyio.EndOfStream, anyio.ClosedResourceError):
                server.closed.set()

    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, answer)
        yield server
        tasks.cancel_scope.cancel()


async def _request(stream: ByteStream) -> tuple[str, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += await stream.receive()
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    while len(body) < int(lengths[0]):
        body += await stream.receive()
    return head.decode(), body


def _event(content: str) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": None}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _json(status: int, body: object) -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
    return head.encode() + content


# --- behaviours -------------------------------------------------------------------------------------


def saying(*pieces: str) -> Behaviour:
    async def answer(stream: ByteStream) -> None:
        await stream.send(_STREAM + b"".join(map(_event, pieces)) + _DONE)

    return answer


def filling(*forms: object) -> Behaviour:
    """Fills in the form that it is asked for: the first request with the first of these, and so on; then the last."""
    left = list(forms)

    async def answer(stream: ByteStream) -> None:
        form = left.pop(0) if len(left) > 1 else left[0]
        function = {"name": "final_result", "arguments": json.dumps(form)}
        call = {"id": "call_1", "type": "function", "function": function}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
        whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        await stream.send(_json(200, whole))

    return answer


def endless(piece: str) -> Behaviour:
    """Goes on until the client hangs up."""

    async def answer(stream: ByteStream) -> None:
        await stream.send(_STREAM)
        while True:
            await stream.send(_event(piece))
            await anyio.sleep(0.001)

    return answer


def refusing(status: int) -> Behaviour:
    async def answer(stream: ByteStream) -> None:
        await stream.send(_json(status, {"error": {"message": SECRET, "type": "x", "code": "y"}}))

    return answer


def sending(raw: bytes) -> Behaviour:
    """A good beginning, then these bytes, then the end."""

    async def answer(stream: ByteStream) -> None:
        await stream.send(_STREAM + raw)

    return answer


def breaking_off(piece: str) -> Behaviour:
    """Hangs up where more was promised."""

    async def answer(stream: ByteStream) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n"
        await stream.send(head + _event(piece))

    return answer


async def never_answering(stream: ByteStream) -> None:
    await stream.receive()  # until the client hangs up


def stalling(*pieces: str) -> Behaviour:
    async def answer(stream: ByteStream) -> None:
        await stream.send(_STREAM + b"".join(map(_event, pieces)))
        await stream.receive()

    return answer
