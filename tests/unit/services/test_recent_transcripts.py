"""What a node remembers of the sessions it answers in writing."""

import pytest
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import AccountId, SessionId
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.domain.sessions.transcript import Transcript, read
from vivavoce.services.asking import SYSTEM
from vivavoce.services.end_session import end_session
from vivavoce.services.recent_transcripts import RecentTranscripts
from vivavoce.services.send_message import send_text
from vivavoce.services.stored_log import whole_log

pytestmark = pytest.mark.anyio


async def as_known(site: Site, id: SessionId, recent: RecentTranscripts, viewer: Viewer = LOCAL) -> Transcript:
    async with site.use.store.reading() as tx:
        return await recent.read(viewer, await tx.sessions.get(SYSTEM, id), "Ada", tx)


async def as_logged(site: Site, id: SessionId) -> Transcript:
    async with site.use.store.reading() as tx:
        return read(await whole_log(SYSTEM, id, tx), "Ada")


async def test_it_is_the_whole_log_whatever_was_known_before() -> None:
    recent = RecentTranscripts()
    async with running_site() as site:
        id = await opened(site)
        for text in ("I want to sleep better.", "I read in bed.", "Until two."):
            await send_text(LOCAL, id, text, use=site.use)
            assert await as_known(site, id, recent) == await as_logged(site, id)


async def test_what_is_known_is_not_read_again() -> None:
    recent = RecentTranscripts()
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        assert await as_known(site, id, recent) is await as_known(site, id, recent)


async def test_who_may_not_read_the_session_is_told_nothing_of_what_is_known() -> None:
    recent, other = RecentTranscripts(), Viewer(AccountId("acc_other"), LOCAL.community, "Bo")
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        await as_known(site, id, recent)
        with pytest.raises(SessionNotFound):
            await as_known(site, id, recent, other)


async def test_only_so_many_are_kept_and_none_that_is_over() -> None:
    recent = RecentTranscripts(most=1)
    async with running_site() as site:
        first, second = await opened(site), await opened(site)
        for id in (first, second):
            await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        kept = await as_known(site, first, recent)
        await as_known(site, second, recent)
        assert await as_known(site, first, recent) is not kept
        await end_session(LOCAL, first, use=site.use)
        assert await as_known(site, first, recent) is not await as_known(site, first, recent)
