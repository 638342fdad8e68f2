"""Pulling speech models, from a small server on this machine that can break off, change its mind and lie."""

import io
import json
import re
import tarfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import anyio
import pytest
from anyio.abc import SocketStream

from vivavoce.providers.fetching import Progress, PullFailed
from vivavoce.providers.models import CATALOGUE, Model, installed, pull

pytestmark = pytest.mark.anyio

BIG: Final = bytes(range(256)) * 4_000  # does not compress to nothing


def tar(*files: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """A plain tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files:
            member = tarfile.TarInfo(name)
            member.size, member.type, member.linkname = len(data), kind, "/etc/passwd"
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


MODEL: Final = tar(("release-1/tokens.txt", b"a 0\n"), ("release-1/model.onnx", BIG))


@dataclass
class Server:
    """One file over HTTP/1.1. cuts: for each request to come, after how many bytes of the body it breaks off."""

    body: bytes = MODEL
    etag: str | None = '"v1"'
    cuts: list[int] = field(default_factory=list[int])
    status: int = 200
    ranges: bool = True
    asked: list[str | None] = field(default_factory=list[str | None])  # Range of each request
    url: str = ""

    async def answer(self, client: SocketStream) -> None:
        async with client:
            head = b""
            while b"\r\n\r\n" not in head:
                head += await client.receive()
            wanted = re.search(rb"range: bytes=(\d+)-", head, re.IGNORECASE)
            same = re.search(rb"if-range: (.*)\r", head, re.IGNORECASE)
            start = int(wanted[1]) if wanted and self.ranges and same and same[1].decode() == self.etag else 0
            self.asked.append(wanted[0].decode().lower() if wanted else None)
            cut = self.cuts.pop(0) if self.cuts else len(self.body)
            await client.send(self._head(start) + self.body[start:][:cut])

    def _head(self, start: int) -> bytes:
        lines = [f"HTTP/1.1 {206 if start else self.status} -", f"content-length: {len(self.body) - start}"]
        if start:
            lines.append(f"content-range: bytes {start}-{len(self.body) - 1}/{len(self.body)}")
        if self.etag:
            lines.append(f"etag: {self.etag}")
        return "\r\n".join([*lines, "connection: close", "", ""]).encode()


@asynccontextmanager
async def serving(server: Server) -> AsyncGenerator[Server]:
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    async with listener, anyio.create_task_group() as tg:
        tg.start_soon(listener.serve, server.answer)
        port = listener.extra(anyio.abc.SocketAttribute.local_port)
        server.url = f"http://127.0.0.1:{port}/model.tar"
        yield server
        tg.cancel_scope.cancel()


async def pulled(server: Server, folder: Path, *, expect: str | None = None) -> list[Progress]:
    model = Model("small", "stt", "for tests", "none", 1, server.url, expect)
    steps: list[Progress] = []
    await pull("small", folder, steps.append, catalogue={"small": model}, pause_s=0)
    return steps


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


WHOLE: Final = {"models.json", "small/tokens.txt", "small/model.onnx"}


async def test_a_model_arrives_as_a_folder_of_its_name(tmp_path: Path) -> None:
    async with serving(Server()) as server:
        steps = await pulled(server, tmp_path / "models")
    assert files_in(tmp_path / "models") == WHOLE
    assert (tmp_path / "models/small/model.onnx").read_bytes() == BIG
    assert steps[-1] == Progress(len(MODEL), len(MODEL))
    assert [step.done_bytes for step in steps] == sorted(step.done_bytes for step in steps)


async def test_a_download_that_breaks_off_goes_on_where_it_was(tmp_path: Path) -> None:
    async with serving(Server(cuts=[300_000, 200_000])) as server:
        await pulled(server, tmp_path)
    assert server.asked == [None, "range: bytes=300000-", "range: bytes=500000-"]
    assert (tmp_path / "small/model.onnx").read_bytes() == BIG


async def test_a_later_pull_goes_on_too(tmp_path: Path) -> None:
    async with serving(Server(cuts=[100_000] * 5)) as server:
        with pytest.raises(PullFailed, match="kept breaking off"):
            await pulled(server, tmp_path)
        await pulled(server, tmp_path)
    assert server.asked[-1] == "range: bytes=500000-"
    assert files_in(tmp_path) == WHOLE


async def test_a_file_that_changed_meanwhile_is_fetched_anew(tmp_path: Path) -> None:
    async with serving(Server(body=b"x" * 900_000, cuts=[100_000] * 5)) as server:
        with pytest.raises(PullFailed):
            await pulled(server, tmp_path)
        server.body, server.etag = MODEL, '"v2"'
        await pulled(server, tmp_path)
    assert files_in(tmp_path) == WHOLE


@pytest.mark.parametrize(("ranges", "etag"), [(False, '"v1"'), (True, None), (True, 'W/"v1"')])
async def test_without_a_way_to_resume_it_begins_again(tmp_path: Path, ranges: bool, etag: str | None) -> None:
    async with serving(Server(cuts=[100_000], ranges=ranges, etag=etag)) as server:
        await pulled(server, tmp_path)
    assert files_in(tmp_path) == WHOLE


async def test_a_wrong_checksum_installs_nothing(tmp_path: Path) -> None:
    async with serving(Server()) as server:
        with pytest.raises(PullFailed, match="checksum"):
            await pulled(server, tmp_path, expect="0" * 64)
    assert files_in(tmp_path) == set()


async def test_the_right_checksum_is_accepted(tmp_path: Path) -> None:
    async with serving(Server()) as server:
        await pulled(server, tmp_path, expect=sha256(MODEL).hexdigest())
    assert files_in(tmp_path) == WHOLE


async def test_the_first_pull_is_recorded_and_the_next_must_be_the_same(tmp_path: Path) -> None:
    async with serving(Server()) as server:
        await pulled(server, tmp_path)
        record = json.loads((tmp_path / "models.json").read_text())["small"]
        assert (record["sha256"], record["bytes"]) == (sha256(MODEL).hexdigest(), len(MODEL))
        await pulled(server, tmp_path)
        server.body = tar(("release-1/tokens.txt", b"changed"))
        with pytest.raises(PullFailed, match="recorded"):
            await pulled(server, tmp_path)
    assert (tmp_path / "small/tokens.txt").read_bytes() == b"a 0\n"


@pytest.mark.parametrize(
    "body",
    [
        tar(("../evil", b"x")),
        tar(("/tmp/evil", b"x")),
        tar(("model/../../evil", b"x")),
        tar(("model/link", b""), kind=tarfile.SYMTYPE),
        tar(("model/link", b""), kind=tarfile.LNKTYPE),
        tar(("model/device", b""), kind=tarfile.CHRTYPE),
        b"no archive at all",
        MODEL[:200_000],
    ],
    ids=["parent", "absolute", "hidden parent", "symlink", "hard link", "device", "no archive", "cut off"],
)
async def test_an_archive_that_cannot_be_trusted_installs_nothing(tmp_path: Path, body: bytes) -> None:
    folder = tmp_path / "a" / "models"
    async with serving(Server(body=body)) as server:
        with pytest.raises(PullFailed, match="archive"):
            await pulled(server, folder)
    assert files_in(tmp_path) == set()


async def test_a_new_version_replaces_the_old_one_whole(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small/old.onnx").touch()
    async with serving(Server()) as server:
        await pulled(server, tmp_path)
    assert files_in(tmp_path) == WHOLE


async def test_an_answer_that_is_no_file_is_told_with_its_number(tmp_path: Path) -> None:
    async with serving(Server(status=403)) as server:
        with pytest.raises(PullFailed, match="answered 403"):
            await pulled(server, tmp_path)


async def test_a_network_that_refuses_is_told_with_the_way_round(tmp_path: Path) -> None:
    async with serving(Server()) as server:
        pass
    with pytest.raises(PullFailed, match="cannot be reached") as caught:
        await pulled(server, tmp_path)
    assert server.url in str(caught.value)
    assert str(tmp_path / "small") in str(caught.value)


async def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(PullFailed, match="zipformer-en"):
        await pull("nothing", tmp_path, lambda step: None)


async def test_what_is_installed_is_what_has_a_folder(tmp_path: Path) -> None:
    (tmp_path / "kokoro-en").mkdir()
    (tmp_path / "mine").mkdir()
    assert installed(tmp_path) == ("kokoro-en",)


def test_the_catalogue_names_the_makers_own_releases() -> None:
    assert {model.kind for model in CATALOGUE.values()} == {"stt", "tts"}
    assert all(model.url.startswith("https://github.com/k2-fsa/sherpa-onnx/") for model in CATALOGUE.values())
