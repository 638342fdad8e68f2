"""What was asked and answered: logged with who, how quickly and by which model, and rated."""

import anyio
import pytest
from tests.unit.services.company import ANA, BEN, CYN, opened_by, together
from tests.unit.services.site import running_site

from vivavoce.base.ids import ReplyId, SessionId
from vivavoce.domain.errors import Invalid, MediaNotFound, NotAllowed, SessionNotFound
from vivavoce.engine.ports import ProviderUnavailable
from vivavoce.formats.lock_in import FORMAT
from vivavoce.providers.scripted import Answer
from vivavoce.services.asking import Cursor
from vivavoce.services.exchanges.log import exchanges_of, own_exchanges, rate_reply
from vivavoce.services.send_message import send_text
from vivavoce.services.take_seat import join

pytestmark = pytest.mark.anyio


async def test_every_exchange_of_a_room_is_logged() -> None:
    async with running_site(format=FORMAT) as site:
        site.script.answer = lambda prompt: Answer("Ben, a pattern.", first_s=0.5)
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), (ben, _)]:
            await ana.say_text("Good morning.")
            await ben.say_text("Hey agent, what is a monad?")
            await anyio.sleep(10)
        (rated,) = await exchanges_of(ANA, id, use=site.use)
        exchange = rated.exchange
        assert (exchange.name, exchange.question) == ("Ben", "Hey agent, what is a monad?")
        assert (exchange.answer, exchange.model) == ("Ben, a pattern.", "scripted")
        assert 500 <= exchange.latency_ms < 1000
        with pytest.raises(SessionNotFound):
            await exchanges_of(CYN, id, use=site.use)


async def test_written_exchanges_are_logged_too_and_a_failed_model_is_not_named() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        await send_text(ANA, id, "Hey agent, what is a monad?", use=site.use)
        site.script.answer = lambda prompt: Answer("", fails=ProviderUnavailable("down"))
        await send_text(ANA, id, "Hey agent, and a functor?", use=site.use)
        found = [rated.exchange for rated in await exchanges_of(ANA, id, use=site.use)]
        assert [(exchange.question, exchange.model) for exchange in found] == [
            ("Hey agent, what is a monad?", "scripted"),
            ("Hey agent, and a functor?", ""),
        ]


async def test_a_reply_is_rated_once_by_each_and_the_last_word_counts() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        await join(BEN, id, use=site.use)
        said = await send_text(ANA, id, "Hey agent, what is a monad?", use=site.use)
        assert said.reply is not None
        await rate_reply(ANA, id, said.reply, helpful=True, use=site.use)
        await rate_reply(ANA, id, said.reply, helpful=False, text="Too short.", use=site.use)
        await rate_reply(BEN, id, said.reply, helpful=True, use=site.use)
        (hers,) = await exchanges_of(ANA, id, use=site.use)
        (his,) = await exchanges_of(BEN, id, use=site.use)
        assert (hers.mine, hers.helpful, hers.not_helpful) == (False, 1, 1)
        assert (his.mine, his.helpful, his.not_helpful) == (True, 1, 1)


async def test_only_who_is_in_the_session_rates_and_only_what_was_said() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        said = await send_text(ANA, id, "Hey agent, what is a monad?", use=site.use)
        assert said.reply is not None
        with pytest.raises(NotAllowed):
            await rate_reply(CYN, id, said.reply, helpful=True, use=site.use)
        with pytest.raises(MediaNotFound):
            await rate_reply(ANA, id, ReplyId("reply_none"), helpful=True, use=site.use)
        with pytest.raises(Invalid):
            await rate_reply(ANA, id, said.reply, helpful=True, text="a" * 2001, use=site.use)


async def test_a_person_s_own_log_goes_over_all_their_sessions_by_pages() -> None:
    async with running_site(format=FORMAT) as site:
        ids: list[SessionId] = []
        for number in range(4):
            ids.append(await opened_by(ANA, "lock_in", site))
            await join(BEN, ids[-1], use=site.use)
            await send_text(BEN, ids[-1], f"Hey agent, what is {number}?", use=site.use)
            await send_text(ANA, ids[-1], f"Hey agent, why {number}?", use=site.use)
            await anyio.sleep(60)
        first = await own_exchanges(BEN, limit=2, use=site.use)
        assert [rated.exchange.question for rated in first.items] == ["Hey agent, what is 3?", "Hey agent, what is 2?"]
        assert first.next is not None
        rest = await own_exchanges(BEN, after=first.next, limit=2, use=site.use)
        assert [rated.exchange.question for rated in rest.items] == ["Hey agent, what is 1?", "Hey agent, what is 0?"]
        assert rest.next is None
        assert (await own_exchanges(CYN, use=site.use)).items == ()
        few = await own_exchanges(BEN, most_events=1, use=site.use)
        assert [rated.exchange.question for rated in few.items] == ["Hey agent, what is 3?"]
        assert few.next == Cursor((await site.session(ids[-1])).created_at, ids[-1])
