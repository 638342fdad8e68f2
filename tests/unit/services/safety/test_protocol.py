"""The crisis protocol as people meet it: in writing and live, and what follows from it elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import anyio
import pytest
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook
from tests.unit.services.site import ANSWER, CALM, Site, a_device, opened, running_site

from vivavoce.base.config import Config
from vivavoce.base.config_safety import SafetyConfig
from vivavoce.domain.errors import Unavailable
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.sessions.events import CrisisNoticed, Noticed, ReplyKind, ReplyStarted
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Phase
from vivavoce.engine.ports import Prompt, T
from vivavoce.engine.second_opinion import Opinion
from vivavoce.providers.scripted import Answer
from vivavoce.services.container import Outside
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.people.notes import keep_note
from vivavoce.services.ports import SYSTEM
from vivavoce.services.ports_outside import Mail, WebAnswer
from vivavoce.services.safety.alert import alert
from vivavoce.services.send_message import send_text

pytestmark = pytest.mark.anyio
DANGER = "I want to kill myself."


@dataclass
class Post:
    """Implements services.ports.Web."""

    status: int = 200
    posted: list[tuple[str, bytes, Mapping[str, str]]] = field(
        default_factory=list[tuple[str, bytes, Mapping[str, str]]]
    )

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        raise NotImplementedError

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        self.posted.append((url, body, headers))
        return WebAnswer(b"", "text/plain", self.status)

    async def aclose(self) -> None: ...


@dataclass
class Letters:
    """Implements services.ports.Mailer."""

    sent: list[Mail] = field(default_factory=list[Mail])

    async def send(self, mail: Mail) -> None:
        self.sent.append(mail)


async def counts(site: Site) -> dict[int, int]:
    async with site.store.reading() as tx:
        return await tx.crises.by_year(SYSTEM, LOCAL.community)


async def test_danger_in_writing_stops_the_coaching_and_shows_help_lines() -> None:
    async with running_site() as site:
        id = await opened(site)
        said = await send_text(LOCAL, id, DANGER, use=site.use)
        assert "I am an AI" in said.reply_text and "findahelpline.com" in said.reply_text
        (noticed,) = await site.facts(id, CrisisNoticed)
        assert (noticed.state, noticed.kind, noticed.again) == ("danger", "suicide", False)
        assert noticed.lines and noticed.emergency
        assert await site.replies(id) == [ReplyKind.CRISIS]


async def test_no_language_model_is_asked_while_the_protocol_is_on() -> None:
    async with running_site() as site:
        id = await opened(site)
        asked: list[Prompt] = []

        def answer(prompt: Prompt) -> Answer:
            asked.append(prompt)
            return Answer(ANSWER)

        site.script.answer = answer
        for text in (DANGER, "I don't know.", "What number can I call?", "It hurts so much.", DANGER):
            await send_text(LOCAL, id, text, use=site.use)
        assert asked == []
        assert set(await site.replies(id)) == {ReplyKind.CRISIS}


async def test_coaching_goes_on_only_when_the_person_is_safe_and_wants_to() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=site.use)
        asked = await send_text(LOCAL, id, "I am safe now, I am with my sister.", use=site.use)
        assert asked.reply_text.endswith("go on with what we were doing?")
        resumed = await send_text(LOCAL, id, "Yes, please.", use=site.use)
        assert "we go on" in resumed.reply_text
        assert (await send_text(LOCAL, id, "I want to sleep more.", use=site.use)).reply_text == ANSWER
        assert [fact.state for fact in await site.facts(id, CrisisNoticed)] == ["danger", "safe", "over"]


async def test_who_wants_to_go_on_is_first_asked_whether_they_are_safe() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=site.use)
        first = await send_text(LOCAL, id, "Let's go on with my goals.", use=site.use)
        assert "are you safe" in first.reply_text
        assert "we go on" in (await send_text(LOCAL, id, "Yes, I am.", use=site.use)).reply_text


async def test_a_wish_to_stop_is_asked_back_once_and_then_closes_with_the_numbers() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=site.use)
        asked = await send_text(LOCAL, id, "I have to go.", use=site.use)
        assert asked.reply_text.endswith("Shall we close here?")
        closed = await send_text(LOCAL, id, "Yes.", use=site.use)
        assert "findahelpline.com" in closed.reply_text
        assert closed.session.end_reason is EndReason.WRAPPED_UP


async def test_several_turns_add_up_to_danger() -> None:
    async with running_site() as site:
        id = await opened(site)
        turns = ("I'm just a burden to my family.", "There is no way out.", "I gave my dog to my sister yesterday.")
        for text in turns:
            assert (await send_text(LOCAL, id, text, use=site.use)).reply_text == ANSWER
        await send_text(LOCAL, id, "I won't be around much longer.", use=site.use)
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS


async def test_a_way_of_speaking_changes_nothing() -> None:
    async with running_site() as site:
        id = await opened(site)
        said = await send_text(LOCAL, id, "This deadline is killing me.", use=site.use)
        assert said.reply_text == ANSWER
        assert await site.facts(id, CrisisNoticed) == []


async def test_a_format_without_the_protocol_has_none() -> None:
    async with running_site(format=replace(CALM, safety=False)) as site:
        id = await opened(site)
        assert (await send_text(LOCAL, id, DANGER, use=site.use)).reply_text == ANSWER


async def test_who_does_not_call_the_ai_is_answered_when_in_danger() -> None:
    async with running_site(format=replace(CALM, address=Address.WHEN_CALLED)) as site:
        id = await opened(site)
        assert (await send_text(LOCAL, id, "I write my thesis.", use=site.use)).reply_text == ""
        assert "worries me" in (await send_text(LOCAL, id, DANGER, use=site.use)).reply_text
        assert (await send_text(LOCAL, id, "I don't know.", use=site.use)).reply_text != ""


async def test_the_help_lines_are_those_of_the_configured_country() -> None:
    async with running_site() as site:
        config = Config(safety=SafetyConfig(country="DE"))
        id = await opened(site)
        said = await send_text(LOCAL, id, DANGER, use=replace(site.use, config=config))
        assert "0800 1110111" in said.reply_text and "112" in said.reply_text


async def test_a_notice_is_counted_once_for_the_community_and_year() -> None:
    async with running_site() as site:
        id = await opened(site)
        for text in (DANGER, "I am going to end my life.", DANGER):
            await send_text(LOCAL, id, text, use=site.use)
        assert list((await counts(site)).values()) == [1]
        await send_text(LOCAL, await opened(site), DANGER, use=site.use)
        assert list((await counts(site)).values()) == [2]


async def test_a_human_is_alerted_by_a_signed_notice_and_by_mail_without_what_was_said() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    async with running_site(jobs=False) as site:
        web, letters = Post(), Letters()
        safety = SafetyConfig(
            alert_url="https://alert.test/in", alert_secret=SecretStr(secret), alert_email="duty@alert.test"
        )
        use = replace(site.use, config=Config(safety=safety), outside=Outside(web=web, mailer=letters))
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=use)
        jobs = await site.store.claim_jobs(use.node, use.clock.now(), lease_s=60, limit=50)
        for job in jobs:
            if job.kind == "alert":
                await alert(job.payload, use=use)
        ((url, body, headers),) = web.posted
        assert url == "https://alert.test/in"
        data = json.loads(body)["data"]
        assert data["session"] == id and data["kind"] == "suicide"
        signature = Webhook(secret).sign(headers["webhook-id"], use.clock.now(), body.decode())
        assert headers["webhook-signature"] == signature
        (letter,) = letters.sent
        assert letter.to == "duty@alert.test" and id in letter.text
        assert DANGER not in letter.text and DANGER not in body.decode()


async def test_an_alert_that_is_not_taken_is_tried_again() -> None:
    async with running_site(jobs=False) as site:
        safety = SafetyConfig(alert_url="https://alert.test/in")
        use = replace(site.use, config=Config(safety=safety), outside=Outside(web=Post(status=500)))
        payload = {"session": "ses_1", "turn": "turn_1", "kind": "suicide", "at": "2026-11-21T09:00:00Z", "way": "url"}
        with pytest.raises(Unavailable):
            await alert(payload, use=use)


async def test_danger_live_drops_what_the_ai_says_and_does_not_end_at_idle_or_limit() -> None:
    format = replace(CALM, idle=IdleStages(20, 40, 60), time_limit_s=120)
    async with running_site(format=format) as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(audio={"rate": 16000}), device, use=site.use) as seat:
            await anyio.sleep(3)
            await seat.say_text(DANGER)
            await anyio.sleep(1500)  # far beyond silence and limit, within the half hour
            session = await site.session(id)
            assert session.phase is Phase.ACTIVE
            kinds = await site.replies(id)
            assert ReplyKind.CRISIS in kinds and ReplyKind.GOODBYE not in kinds
            assert len(kinds) <= 4  # the greeting, the first words, and two signs that the AI is there
            await anyio.sleep(600)
        assert (await site.session(id)).end_reason is EndReason.TIME_LIMIT  # once it is no longer fresh


async def test_a_room_rebuilt_from_the_log_goes_on_carefully() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=site.use)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use) as seat:
            await anyio.sleep(1)
            await seat.say_text("I don't know.")
            await anyio.sleep(30)
        assert set(await site.replies(id)) <= {ReplyKind.CRISIS, ReplyKind.GREETING}
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS


@dataclass
class Worried:
    """Implements engine.ports.Extractor: sees danger wherever it is asked."""

    name: str = "worried"
    asked: list[str] = field(default_factory=list[str])

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        self.asked.append(text)
        assert form is Opinion
        return form(danger=True)


async def test_a_language_model_may_see_danger_in_a_concern_and_is_not_asked_of_more() -> None:
    async with running_site() as site:
        model = Worried()
        use = replace(site.use, models=replace(site.use.models, extractor=model))
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep more.", use=use)
        assert model.asked == []
        await send_text(LOCAL, id, "I don't want to be here anymore.", use=use)
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS
        await send_text(LOCAL, id, DANGER, use=use)
        assert len(model.asked) == 1


async def test_a_language_model_is_asked_about_grave_words_in_which_the_rules_see_nothing() -> None:
    async with running_site() as site:
        model = Worried()
        use = replace(site.use, models=replace(site.use.models, extractor=model))
        id = await opened(site)
        text = "I keep the rope in the garage, between the bikes."
        assert (await send_text(LOCAL, id, text, use=site.use)).reply_text == ANSWER
        await send_text(LOCAL, id, text, use=use)
        assert model.asked == [text]
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS


async def test_whoever_sits_down_is_told_that_it_is_an_ai() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use):
            await anyio.sleep(3)
        told = [fact for fact in await site.facts(id, Noticed) if fact.kind == "is_ai"]
        assert [fact.text for fact in told] == ["You are talking with an AI."]


async def test_the_first_written_answer_says_that_it_is_an_ai() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer("What would help?")
        id = await opened(site)
        first = await send_text(LOCAL, id, "I want to sleep more.", use=site.use)
        assert first.reply_text == "You are talking with an AI. What would help?"
        assert (await send_text(LOCAL, id, "Go to bed.", use=site.use)).reply_text == "What would help?"


async def test_the_reply_to_danger_answers_the_turn() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, DANGER, use=site.use)
        (started,) = await site.facts(id, ReplyStarted)
        (noticed,) = await site.facts(id, CrisisNoticed)
        assert started.answers == noticed.turn
        assert noticed.kind == Kind.SUICIDE


async def test_danger_in_a_note_shows_help_and_is_counted() -> None:
    async with running_site(format=replace(CALM, notes=True)) as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep more.", use=site.use)
        await keep_note(LOCAL, id, "I don't want to live anymore.", use=site.use)
        (fact,) = await site.facts(id, CrisisNoticed)
        assert fact.lines and fact.turn is None
        assert list((await counts(site)).values()) == [1]
