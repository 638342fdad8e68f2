"""Whole interviews with the guide, and the files that keep them: `tests/golden/interviews/*.txt`.

`Mode:` and `Advert:` say what is practised. `Left:` sets the seconds that are left from there on; `(silence)` and
`(still silent)` are the stages of silence, `(interrupted)` a restart, `(time is up)` the limit.
"""

import json
from pathlib import Path
from typing import Final

from vivavoce.domain.interviews.plan import to_json
from vivavoce.domain.interviews.planning import plan_of
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.scripts import speak

TESTS: Final = Path(__file__).parents[3]
INTERVIEWS: Final = sorted((TESTS / "golden" / "interviews").glob("*.txt"))
ADVERTS: Final = TESTS / "unit" / "domain" / "interviews" / "adverts"
_CUES: Final = {
    "(silence)": ReplyKind.NUDGE,
    "(still silent)": ReplyKind.IDLE_ASK,
    "(interrupted)": ReplyKind.PICK_UP,
    "(time is up)": ReplyKind.GOODBYE,
}


class Interviewing:
    """A history that grows. Replies follow from it alone."""

    def __init__(self, advert: str = "nurse", mode: str = "real", name: str = "Ana") -> None:
        plan = plan_of((ADVERTS / f"{advert}.txt").read_text())
        self.plan = plan
        self.name = name
        self.facts = {"persona_name": "Morgan", "script": "interview", "mode": mode, "person_name": name}
        self.facts["plan"] = json.dumps(to_json(plan))
        self.lines: list[Line] = []

    def guide(self, cue: ReplyKind = ReplyKind.ANSWER) -> str:
        text = speak(Prompt("", tuple(self.lines), cue, facts=self.facts))
        self.lines.append(Line(None, text, kind=cue))
        return text

    def say(self, text: str) -> str:
        """The guide's answer."""
        self.lines.append(Line(self.name, text))
        return self.guide()

    def left(self, seconds: int) -> None:
        self.facts["seconds_left"] = str(seconds)


def replayed(transcript: str) -> str:
    """The transcript with the guide's lines as it says them now."""
    rows = [row for row in transcript.splitlines() if row and not row.startswith("Morgan: ")]
    title, settings = rows[0], dict(row.split(": ", 1) for row in rows[1:4])
    interview = Interviewing(settings["Advert"], settings["Mode"], settings["Person"])
    lines = [*rows[:4], "", f"Morgan: {interview.guide(ReplyKind.GREETING)}"]
    for row in rows[4:]:
        who, _, text = row.partition(": ")
        lines += ["", row]
        if row in _CUES:
            if row == "(time is up)":
                interview.facts["closing"] = "time_limit"
            lines.append(f"Morgan: {interview.guide(_CUES[row])}")
        elif who == "Left":
            interview.left(int(text))
        else:
            lines.append(f"Morgan: {interview.say(text)}")
    assert title.startswith("# ")
    if rows[-1] != "(time is up)":
        lines += ["", f"Morgan: {interview.guide(ReplyKind.GOODBYE)}"]
    return "\n".join(lines) + "\n"
