from vivavoce.base.ids import ReplyId
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance
from vivavoce.engine.ports import Line
from vivavoce.engine.thinking import Setting, line_of, prompt

SETTING = Setting("Ada", "You are Ada.", "en", "coaching", {"goal": "run"})


def test_a_prompt_names_who_is_there_and_who_is_answered() -> None:
    told = prompt(SETTING, [Line("Ben", "So?")], ReplyKind.ANSWER, names=["Ana", "Ben"], speaker="Ben")
    assert told.facts["person_name"] == "Ben"
    assert told.facts["person_names"] == "Ana, Ben"
    assert told.facts["goal"] == "run"
    assert "Answer Ben" in told.task


def test_a_conversation_of_two_needs_no_task() -> None:
    assert prompt(SETTING, [], ReplyKind.ANSWER, names=["Ana"], speaker="Ana").task == ""


def test_a_goodbye_knows_why() -> None:
    limit = prompt(SETTING, [], ReplyKind.GOODBYE, closing=EndReason.TIME_LIMIT, left_s=-3)
    assert "time is up" in limit.task
    assert (limit.facts["closing"], limit.facts["seconds_left"]) == ("time_limit", "0")
    assert "time is up" not in prompt(SETTING, [], ReplyKind.GOODBYE, closing=EndReason.WRAPPED_UP).task


def test_the_models_history_says_what_was_cut_off() -> None:
    cut = Utterance(ReplyId("r"), None, "Ada", "One two", 0, 100, kind=ReplyKind.ANSWER, interrupted=True)
    assert line_of(cut) == Line(None, "One two", True, ReplyKind.ANSWER)
