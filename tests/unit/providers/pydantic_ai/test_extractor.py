"""Forms that a language model fills in, over a server on loopback that speaks OpenAI's protocol."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from tests.openai_server import SECRET, Behaviour, OpenAiServer, filling, never_answering, openai_server, refusing

from vivavoce.base.config import Config, DeadlinesConfig, ModelsConfig
from vivavoce.engine.ports import Extractor, MalformedReply, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.choose import choose
from vivavoce.providers.fallback import Failure, FallbackExtractor
from vivavoce.providers.pydantic_ai.build import build_extractor
from vivavoce.providers.scripted import ScriptedExtractor

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


@dataclass(frozen=True, slots=True)
class Dish:
    """One dish of a menu."""

    name: str
    price: int


@dataclass(frozen=True, slots=True)
class Menu:
    """What a restaurant offers."""

    title: str
    dishes: tuple[Dish, ...] = ()


SOUP = {"title": "Today", "dishes": [{"name": "Soup", "price": 4}]}
MENU = Menu("Today", (Dish("Soup", 4),))


@asynccontextmanager
async def asking(behaviour: Behaviour) -> AsyncGenerator[tuple[Extractor, OpenAiServer]]:
    async with openai_server(behaviour) as server:
        models = ModelsConfig(llm=("openai:m",), llm_base_url=server.url)
        extractor = build_extractor("openai:m", models, DeadlinesConfig(form_s=3.0))
        yield extractor, server
        await extractor.aclose()


async def fault(behaviour: Behaviour) -> ProviderError:
    async with asking(behaviour) as (extractor, _):
        with pytest.raises(ProviderError) as told:
            await extractor.extract(Menu, instructions="Read the menu.", text=SECRET)
    return told.value


async def test_a_form_comes_back_filled_in() -> None:
    async with asking(filling(SOUP)) as (extractor, server):
        menu = await extractor.extract(Menu, instructions="Read the menu.", text="Today: soup, 4 euros")
    assert menu == MENU
    sent = str(server.requests[0])
    assert all(part in sent for part in ("Read the menu.", "Today: soup, 4 euros", "What a restaurant offers", "price"))


async def test_a_form_that_does_not_fit_is_asked_for_once_more() -> None:
    async with asking(filling({"title": "Today", "dishes": "soup"}, SOUP)) as (extractor, server):
        assert await extractor.extract(Menu, instructions="Read.", text="x") == MENU
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (filling({"dishes": 7}), MalformedReply),
        (refusing(401), ProviderRejected),
        (refusing(503), ProviderUnavailable),
        (never_answering, ProviderUnavailable),
    ],
)
async def test_a_fault_says_what_can_be_done_and_repeats_no_words(
    behaviour: Behaviour, kind: Callable[..., ProviderError]
) -> None:
    error = await fault(behaviour)
    assert type(error) is kind
    assert SECRET not in str(error)
    assert error.__suppress_context__


async def test_an_extractor_that_fails_is_replaced_by_the_next() -> None:
    told: list[Failure] = []
    broken = ScriptedExtractor(lambda form, text: ProviderRejected("no key"), "first")
    chain = FallbackExtractor([broken, ScriptedExtractor(lambda form, text: MENU, "second")], told.append)
    assert await chain.extract(Menu, instructions="", text="") == MENU
    assert [(one.provider, one.replaced_by) for one in told] == [("first", "second")]


def test_there_is_none_where_only_the_guide_is_configured() -> None:
    assert choose(Config(models=ModelsConfig(llm=("guide",))), lambda failure: None).models.extractor is None


async def test_the_configured_models_fill_in_forms() -> None:
    async with openai_server(filling(SOUP)) as server:
        models = ModelsConfig(llm=("guide", "openai:m"), llm_base_url=server.url)
        chosen = choose(Config(models=models), lambda failure: None)
        assert chosen.models.extractor is not None
        assert await chosen.models.extractor.extract(Menu, instructions="", text="x") == MENU
        await chosen.aclose()
