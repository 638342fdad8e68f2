"""From planned or new to ready: open the session, run the format's set-up, and never get stuck on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import DomainError, IllegalTransition, Invalid, TooLarge, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import Cancelled, Opened, PreparationFailed, Prepared
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.format import Format, Preparation, PreparedPlan
from vivavoce.services.moves import move
from vivavoce.services.persona import Persona
from vivavoce.services.ports import SYSTEM, JobKind

OPENS_BEFORE_S: Final = 600  # a planned session can be entered this long before its time
GUIDE: Final = "guide"  # among the configured language models: the rule-built conversation
DOCUMENT: Final = "document"
"""The answer that an uploaded document's text is."""
MOST_CHARACTERS: Final = 50_000
"""Of one answer."""
_KEPT_CHARACTERS: Final = 4000
MAX_TITLE: Final = 200


def usual_title(format: Format, persona: Persona) -> str:
    """Of a session that nobody gave one."""
    return f"{format.title} with {persona.name}"


async def plan(change: Change, session: Session, format: Format) -> None:
    """Have a planned session open near its time, and be cancelled if nobody came. Nothing for one that is for now."""
    if session.scheduled_for is None or session.scheduled_for <= change.at:
        return
    until_s = (session.scheduled_for - change.at).total_seconds()
    if session.phase is Phase.SCHEDULED:
        await change.timer(JobKind.OPEN, session.id, until_s - OPENS_BEFORE_S)
    await change.timer(JobKind.NO_SHOW, session.id, until_s + format.no_show_s)


async def advance(change: Change, session: Session, format: Format) -> Session:
    """Bring a session that is `preparing` to `ready`, or queue the set-up that it needs first."""
    if format.set_up is not None:
        if can_be_set_up(session, format):
            await change.timer(JobKind.PREPARE, session.id, 0)
        await expire(change, session, format)
        return session
    ready = await move(change, session, Prepared(change.at))
    await expire(change, session, format)
    return ready


def can_be_set_up(session: Session, format: Format) -> bool:
    """Whether the format's set-up has what it needs; else it waits for `POST .../setup`."""
    return not format.needs or any(session.variables.get(name) for name in format.needs)


async def expire(change: Change, session: Session, format: Format) -> None:
    """Have the session cancelled `expire_s` after it could have been started, unless it was."""
    waits_s = format.expire_s
    if session.scheduled_for is not None:
        waits_s += max(0.0, (session.scheduled_for - change.at).total_seconds())
    await change.timer(JobKind.EXPIRE, session.id, waits_s)


async def open_planned(id: SessionId, *, use: Services) -> None:
    """A planned session's time has come near. Safe to repeat."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is Phase.SCHEDULED:
            early_s = ((session.scheduled_for or change.at) - change.at).total_seconds() - OPENS_BEFORE_S
            if early_s > 0:  # it was moved this very moment, or the clock was set back
                await change.push_back(JobKind.OPEN, id, early_s)
                return
            opened = await move(change, session, Opened(change.at))
            await advance(change, opened, use.format(session.format))


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that was given for a set-up. media_type: what its sender says it is."""

    content: bytes
    media_type: str


async def setup_session(
    viewer: Viewer, id: SessionId, answers: Mapping[str, str], *, use: Services, document: Upload | None = None
) -> Session:
    """Give the answers that a format's set-up asks for, and run it (again). A document's text is the answer `document`.
    A planned session opens for it, so that its person sees what comes of it long before.

    Raises SessionNotFound, NotAllowed, IllegalTransition when the session is past its preparation or its format has no
    set-up, UnsupportedMedia, TooLarge, Invalid for a document that cannot be read, or without what the set-up needs.
    """
    if document is not None:
        async with use.store.reading() as tx:
            _check_open_to_answers(viewer, await tx.sessions.get(viewer, id), use)
        answers = {**answers, DOCUMENT: await _text_of(document, use)}
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        _check_open_to_answers(viewer, session, use)
        format = use.format(session.format)
        session = replace(session, variables=_answered(session, answers, format), error=None)
        if session.phase is Phase.SCHEDULED:
            session = await move(change, session, Opened(change.at))
            await expire(change, session, format)
        else:
            session = replace(session, version=session.version + 1)
            await change.tx.sessions.save(session)
        await change.timer(JobKind.PREPARE, id, 0)
        await change.push_back(JobKind.PREPARE, id, 0)  # one that waits to be tried again need not
    return change.current(session)


def _answered(session: Session, answers: Mapping[str, str], format: Format) -> dict[str, str]:
    """The variables with these answers. What the set-up needs one of is given anew as a whole: a document takes the
    place of the text that was given before. Raises Invalid for a choice that there is not, or with nothing to go by."""
    for choice in format.choices:
        if choice.options and answers.get(choice.name, next(iter(choice.options))) not in choice.options:
            raise Invalid(f"The answer {choice.name!r} is one of {', '.join(choice.options)}.")
    anew = any(answers.get(name) for name in format.needs)
    kept = {name: value for name, value in session.variables.items() if not (anew and name in format.needs)}
    answered = {**kept, **answers}
    if format.needs and not any(answered.get(name, "").strip() for name in format.needs):
        raise Invalid(f"This set-up needs one of these: {', '.join(format.needs)}.")
    return answered


def _check_open_to_answers(viewer: Viewer, session: Session, use: Services) -> None:
    require(viewer, session, Right.SET_UP)
    format = use.format(session.format)
    if format.set_up is None:
        raise IllegalTransition(f"A {format.name} session needs no set-up: it can be started as it is.")
    if session.phase not in (Phase.SCHEDULED, Phase.PREPARING):
        raise IllegalTransition(
            f"A session that is {session.phase} is not set up again: for another set-up, end it and open another one."
        )


async def _text_of(document: Upload, use: Services) -> str:
    if use.outside.documents is None:
        raise Unavailable("Documents cannot be read here. Paste the text instead.")
    text = await use.outside.documents.text(document.content, document.media_type)
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"This document holds more than {MOST_CHARACTERS:,} characters of text: give a part of it.")
    return text


async def run_setup(id: SessionId, *, use: Services, last_try: bool = True) -> None:
    """Run the format's set-up on what was answered. Safe to repeat; a failure stays with the session as its error.

    last_try: False: a failure that may pass is raised, as Unavailable, to be tried again by itself.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
    set_up = use.format(session.format).set_up
    if session.phase is not Phase.PREPARING or set_up is None:
        return
    made = PreparedPlan()
    failure: str | None = None
    try:
        web, documents = use.outside.web, use.outside.documents
        guided = GUIDE in use.config.models.llm
        made = await set_up(Preparation(session.variables, web, documents, use.models.extractor, guided))
    except Unavailable as error:
        if not last_try:
            raise
        failure = str(error)
    except DomainError as error:
        failure = str(error)
    await _prepared(id, session.variables, made, failure, use=use)


async def give_up_setup(id: SessionId, error: str, *, use: Services) -> None:
    """The set-up failed for good, by a fault of ours: the session waits to be set up again. Safe to repeat."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
    await _prepared(id, session.variables, PreparedPlan(), error, use=use)


async def _prepared(
    id: SessionId, given: Mapping[str, str], made: PreparedPlan, failure: str | None, *, use: Services
) -> None:
    """given: the answers that the set-up worked with."""
    async with use.store.reading() as tx:
        before = await tx.sessions.get(SYSTEM, id)
    persona = await use.personas.get(SYSTEM, before.persona)
    title = _titled(before, use.format(before.format), persona, made.subject)
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is not Phase.PREPARING:
            return
        if session.variables != given:  # answered anew meanwhile
            await change.push_back(JobKind.PREPARE, id, 0)
            return
        if failure is not None:
            await move(change, session, PreparationFailed(change.at, failure))
            return
        kept = {name: value for name, value in session.variables.items() if _stays(name, value)}
        session = replace(session, variables={**kept, **made.variables}, plan=made.plan, title=title)
        await move(change, session, Prepared(change.at))


def _titled(session: Session, format: Format, persona: Persona, subject: str) -> str:
    """What it turned out to be about, where nobody gave it a title of their own."""
    given = session.title != usual_title(format, persona)
    return session.title if given or not subject else f"{format.title}: {subject}"[:MAX_TITLE]


def _stays(name: str, value: str) -> bool:
    """Documents and long answers have served once the plan is made: they do not go with every look at the session."""
    return name != DOCUMENT and len(value) <= _KEPT_CHARACTERS


async def give_up(id: SessionId, reason: EndReason, *, use: Services) -> None:
    """Cancel a session that was never started: nobody came, or it was forgotten. Safe to repeat."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase in (Phase.SCHEDULED, Phase.PREPARING, Phase.READY):
            await move(change, session, Cancelled(change.at, reason))
