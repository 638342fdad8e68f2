"""A transcript as text and as WebVTT (W3C). Pure.

WebVTT: a cue for each entry, in order of its start, with a voice span `<v Name>`. A cue must end after it begins, and
its text may hold neither a blank line nor unescaped `&`, `<` and `>` (so never `-->`). A typed entry takes hardly any
time: its cue lasts as long as one needs to read it, but not into the next entry.
"""

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from vivavoce.domain.sessions.transcript import Utterance

_READ_MS_PER_CHARACTER: Final = 60  # about 17 characters a second, what subtitling guides allow
_SHORTEST_MS: Final = 1_000


def as_text(title: str, entries: Sequence[Utterance]) -> str:
    """One paragraph for each entry: `[0:05] You: ...`."""
    paragraphs = [f"[{_minutes(entry.start_ms)}] {_one_line(entry.name)}: {entry.text.strip()}" for entry in entries]
    return "\n\n".join([_one_line(title), *paragraphs]) + "\n"


def as_webvtt(title: str, entries: Sequence[Utterance]) -> str:
    ordered = sorted(entries, key=lambda entry: entry.start_ms)
    ends = [_end_ms(entry, then.start_ms) for entry, then in pairwise(ordered)]
    ends += [_end_ms(entry, None) for entry in ordered[-1:]]
    cues = [_cue(entry, end_ms) for entry, end_ms in zip(ordered, ends, strict=True)]
    # a header's text may not hold "-->"; the escape is for nothing but that
    return "\n\n".join([f"WEBVTT {_one_line(title).replace('-->', '→')}".strip(), *cues]) + "\n"


def _cue(entry: Utterance, end_ms: int) -> str:
    name = html.escape(_one_line(entry.name), quote=False) or "?"
    text = html.escape(re.sub(r"\s*[\r\n]+\s*", "\n", entry.text.strip()), quote=False)
    times = f"{_timestamp(entry.start_ms)} --> {_timestamp(end_ms)}"
    return f"{entry.id}\n{times}\n<v {name}>{text}</v>"


def _end_ms(entry: Utterance, next_start_ms: int | None) -> int:
    """Always behind the start. What was heard as long as a cue should last keeps its end."""
    if entry.end_ms - entry.start_ms >= _SHORTEST_MS:
        return entry.end_ms
    readable_ms = entry.start_ms + max(_SHORTEST_MS, len(entry.text) * _READ_MS_PER_CHARACTER)
    if next_start_ms is not None:
        readable_ms = min(readable_ms, next_start_ms)
    return max(readable_ms, entry.end_ms, entry.start_ms + 1)


def _timestamp(ms: int) -> str:
    seconds, ms = divmod(max(0, ms), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def _minutes(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
