from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.sessions.dialogue import Say
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.turns.agenda import Agenda, Wish, add, only_what_must, without_nudges

WISHES = st.lists(st.tuples(st.sampled_from(list(ReplyKind)), st.booleans()))


def kinds(agenda: Agenda) -> list[ReplyKind]:
    return [wish.say.kind for wish in agenda]


def build(wishes: list[tuple[ReplyKind, bool]]) -> Agenda:
    agenda: Agenda = ()
    for at_ms, (kind, protected) in enumerate(wishes):
        agenda = add(agenda, Wish(Say(kind), at_ms, protected))
    return agenda


@given(WISHES)
def test_a_goodbye_is_alone(wishes: list[tuple[ReplyKind, bool]]) -> None:
    agenda = kinds(build(wishes))
    assert (ReplyKind.GOODBYE in agenda) == any(kind is ReplyKind.GOODBYE for kind, _ in wishes)
    assert agenda == [ReplyKind.GOODBYE] or ReplyKind.GOODBYE not in agenda


@given(WISHES)
def test_there_is_at_most_one_answer_and_it_is_the_latest(wishes: list[tuple[ReplyKind, bool]]) -> None:
    agenda = build(wishes)
    answers = [wish for wish in agenda if wish.say.kind in (ReplyKind.ANSWER, ReplyKind.WRAP_UP_ASK)]
    assert len(answers) <= 1
    wanted = [at for at, (kind, _) in enumerate(wishes) if kind in (ReplyKind.ANSWER, ReplyKind.WRAP_UP_ASK)]
    if answers:
        assert answers[0].since_ms == wanted[-1]


def test_an_answer_comes_before_a_notice_and_makes_openings_and_nudges_needless() -> None:
    order = [ReplyKind.GREETING, ReplyKind.NUDGE, ReplyKind.NOTICE, ReplyKind.ANSWER]
    assert kinds(build([(kind, True) for kind in order])) == [ReplyKind.ANSWER, ReplyKind.NOTICE]


def test_somebody_who_speaks_needs_no_nudge() -> None:
    assert kinds(without_nudges(build([(ReplyKind.IDLE_ASK, False), (ReplyKind.NOTICE, True)]))) == [ReplyKind.NOTICE]


def test_what_must_be_said_is_kept_when_the_ai_is_silenced() -> None:
    agenda = build([(ReplyKind.ANSWER, False), (ReplyKind.NOTICE, True)])
    assert kinds(only_what_must(agenda)) == [ReplyKind.NOTICE]
