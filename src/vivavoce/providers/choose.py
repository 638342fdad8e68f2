"""Which models serve, by the configuration: chains of the configured ones, and why each was chosen.

The guide, pocketsphinx and eSpeak NG are always there. `auto` prefers sherpa-onnx where it is installed with a model.
"""

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, cast

import anyio
import structlog

from vivavoce.base.config import Config
from vivavoce.base.finding import Finding, State
from vivavoce.engine.ports import IntentRecogniser, LanguageModel, Models, ProviderError
from vivavoce.providers.espeak.text_to_speech import EspeakSettings, espeak_text_to_speech
from vivavoce.providers.fallback import (
    FallbackExtractor,
    FallbackLanguageModel,
    FallbackSpeechToText,
    FallbackTextToSpeech,
    OnFailure,
)
from vivavoce.providers.intent import ModelIntentRecogniser, RuleIntentRecogniser
from vivavoce.providers.late import LateExtractor, LateLanguageModel, OpenExtractor
from vivavoce.providers.pocketsphinx.speech_to_text import PocketsphinxSettings, pocketsphinx_speech_to_text
from vivavoce.providers.sherpa.available import available
from vivavoce.providers.sherpa.settings import SherpaSettings
from vivavoce.providers.sherpa.speech_to_text import sherpa_speech_to_text
from vivavoce.providers.sherpa.text_to_speech import sherpa_text_to_speech
from vivavoce.providers.tools.platform import PlatformTools, platform_tools
from vivavoce.providers.worker_speech import WorkerSpeechToText, WorkerTextToSpeech

_GUIDE: Final = "guide"
_BUILT_IN: Final = "It is built in and needs nothing."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The models, and what must be started and closed with them."""

    models: Models
    findings: tuple[Finding, ...]
    language_models: tuple[LateLanguageModel, ...]
    extractors: tuple[LateExtractor, ...]
    recognisers: tuple[WorkerSpeechToText, ...]
    voices: tuple[WorkerTextToSpeech, ...]
    tools: PlatformTools

    async def warm_up(self) -> None:
        """Load what the first reply needs. What fails here fails again, with a report, when it is used."""
        async with anyio.create_task_group() as tasks:
            for part in (self.voices[0].start, self.recognisers[0].start, self.language_models[0].ready):
                tasks.start_soon(_tried, part)

    async def aclose(self) -> None:
        await self.models.llm.aclose()
        for extractor in self.extractors:
            await extractor.aclose()
        await self.models.stt.aclose()
        await self.models.tts.aclose()
        await self.tools.aclose()


def choose(config: Config, on_failure: OnFailure) -> Chosen:
    """The models that `config` asks for. Nothing is loaded yet. Raises ConfigError for a wrong tools file."""
    tools = platform_tools(config)
    named = [LateLanguageModel(name, _loader(name, config, tools)) for name in config.models.llm]
    stt = [_recogniser(name, config) for name in config.models.stt]
    tts = [_voice(name, config) for name in config.models.tts]
    llm = FallbackLanguageModel(named, on_failure)
    forms = tuple(LateExtractor(name, _form_loader(name, config)) for name in config.models.llm if name != _GUIDE)
    guided = config.models.llm[0] == _GUIDE
    intents: IntentRecogniser = RuleIntentRecogniser() if guided else ModelIntentRecogniser(llm)
    models = Models(
        FallbackSpeechToText([one for one, _ in stt], on_failure, config.deadlines.stt_s),
        llm,
        FallbackTextToSpeech([one for one, _ in tts], on_failure, config.deadlines.tts_first_s),
        intents,
        extractor=FallbackExtractor(forms, on_failure) if forms else None,
    )
    findings = (*(_language_finding(name) for name in config.models.llm), *(why for _, why in [*stt, *tts]))
    recognisers, voices = tuple(one for one, _ in stt), tuple(one for one, _ in tts)
    return Chosen(models, findings, tuple(named), forms, recognisers, voices, tools)


def _loader(name: str, config: Config, tools: PlatformTools) -> Callable[[], LanguageModel]:
    def load() -> LanguageModel:
        if name == _GUIDE:
            return cast(LanguageModel, importlib.import_module("vivavoce.providers.guide.model").GuideLanguageModel())
        build = importlib.import_module("vivavoce.providers.pydantic_ai.build").build
        return cast(LanguageModel, build(name, config.models, config.deadlines, tools))

    return load


def _form_loader(name: str, config: Config) -> Callable[[], OpenExtractor]:
    def load() -> OpenExtractor:
        build = importlib.import_module("vivavoce.providers.pydantic_ai.build").build_extractor
        return cast(OpenExtractor, build(name, config.models, config.deadlines))

    return load


def _recogniser(name: str, config: Config) -> tuple[WorkerSpeechToText, Finding]:
    kind, _, model = name.partition(":")
    folder, workers = config.store.models, config.workers.stt
    why_not = available("stt", model, folder) if kind in ("auto", "sherpa") else None
    if kind == "sherpa" or (kind == "auto" and why_not is None):
        made = sherpa_speech_to_text(SherpaSettings(folder, model, workers))
        return made, _finding("speech_to_text", name, "sherpa", why_not)
    made = pocketsphinx_speech_to_text(PocketsphinxSettings(workers))
    return made, _finding("speech_to_text", name, made.name, None, why_not)


def _voice(name: str, config: Config) -> tuple[WorkerTextToSpeech, Finding]:
    kind, _, model = name.partition(":")
    folder, workers = config.store.models, config.workers.tts
    why_not = available("tts", model, folder) if kind in ("auto", "sherpa") else None
    if kind == "sherpa" or (kind == "auto" and why_not is None):
        made = sherpa_text_to_speech(SherpaSettings(folder, model, workers))
        return made, _finding("text_to_speech", name, "sherpa", why_not)
    made = espeak_text_to_speech(EspeakSettings(workers=workers))
    return made, _finding("text_to_speech", name, made.name, None, why_not)


def _finding(part: str, asked: str, chosen: str, fault: str | None, instead_of: str | None = None) -> Finding:
    if fault is not None:
        return Finding(part, asked, State.FAILING, f"{fault[0].upper()}{fault[1:]}.")
    if instead_of is not None:
        return Finding(part, chosen, State.OK, f"{_BUILT_IN} sherpa would be better: {instead_of}.")
    return Finding(part, chosen, State.OK, _BUILT_IN if chosen != "sherpa" else "It is installed, with a model.")


def _language_finding(name: str) -> Finding:
    if name == _GUIDE:
        why = "No language model is configured (VIVAVOCE_LLM): a rule-built conversation leads."
        return Finding("language_model", name, State.OK, why)
    return Finding("language_model", name, State.OK, "It is configured by VIVAVOCE_LLM.")


async def _tried(start: Callable[[], Awaitable[object]]) -> None:
    try:
        await start()
    except ProviderError as error:
        log.warning("model.not_ready", error=str(error))
