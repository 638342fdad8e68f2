"""The one module that knows every adapter: Config → running platform.

Heavy libraries are imported only once the server answers, or by the part that is chosen: the language model's takes
about a second, WebRTC's a third of one. They load while the first person still reads the page.
"""

import gc
import importlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.metadata import entry_points
from typing import Final
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
import structlog
from anyio import CancelScope
from anyio.abc import TaskGroup

from vivavoce.api.bound import BoundUseCases
from vivavoce.api.wiring import ApiSettings, Wiring
from vivavoce.base import metrics
from vivavoce.base.clock import SystemClock
from vivavoce.base.config import Config
from vivavoce.base.config_access import AccessConfig
from vivavoce.base.config_mail import MailConfig
from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.config_reading import ConfigError
from vivavoce.base.finding import Finding, State
from vivavoce.base.ids import NodeId, SessionId
from vivavoce.base.locks import KeyedLocks
from vivavoce.base.wording import compile_late
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.errors import DomainError, Unavailable
from vivavoce.domain.sessions.events import ProviderFailed
from vivavoce.engine.ports import Models, ProviderError, Vad
from vivavoce.engine.pulse import Pulse
from vivavoce.jobs.handlers import handlers
from vivavoce.jobs.worker import Worker, WorkerSettings
from vivavoce.outside.documents import ProcessDocuments
from vivavoce.outside.late import LateWeb
from vivavoce.outside.typeset import ProcessTypesetter
from vivavoce.providers.choose import Chosen, choose
from vivavoce.providers.fallback import Failure
from vivavoce.providers.late import LateVad
from vivavoce.providers.per_persona import PersonaModels
from vivavoce.services import housekeeping, recover
from vivavoce.services.access.local import ensure_local
from vivavoce.services.access.oidc_port import OidcProvider
from vivavoce.services.access.parts import Access
from vivavoce.services.changes import Records
from vivavoce.services.container import Outside, Services
from vivavoce.services.format import Format
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.money.ports import Shop
from vivavoce.services.people.personas import AllPersonas
from vivavoce.services.persona import ModelsOf
from vivavoce.services.ports import JobKind
from vivavoce.services.ports_outside import Mailer
from vivavoce.storage import rls
from vivavoce.storage.audio_files import PyAvAudioFiles
from vivavoce.storage.files import DiskFiles
from vivavoce.storage.open import open_database, open_store
from vivavoce.storage.personas import FilePersonas
from vivavoce.storage.pictures import PyAvPictures
from vivavoce.storage.recordings import open_tapes
from vivavoce.transports.late import LateWebRtc

log = structlog.get_logger(__name__)

FORMATS: Final = "vivavoce.formats"
"""The entry point group that installed packages register formats under."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A running platform: its use cases, and what the interface is built over."""

    services: Services
    wiring: Wiring


@asynccontextmanager
async def running(config: Config, models: Models | None = None) -> AsyncGenerator[Platform]:
    """The platform on this node: store open and current, jobs worked, rooms ready to open. Closed in good order.

    models: in place of those that `config` chooses, for benchmarks. Raises Unavailable when the store does not answer.
    """
    config.store.data.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(
            open_store(config.store.database.get_secret_value(), connections=config.store.database_connections)
        )
        tasks = await stack.enter_async_context(anyio.create_task_group())
        stack.callback(tasks.cancel_scope.cancel)
        wake = _Wake()
        records = Records(store, MemoryBus(), SystemClock(), wake)
        report = _reporter(records, tasks)
        chosen = choose(config, report)
        stack.push_async_callback(chosen.aclose)
        models_of = PersonaModels(chosen.models, chosen.language_models, report) if models is None else None
        vad = LateVad(_silero)
        pulse = Pulse(vad)
        tasks.start_soon(pulse.run)
        services = await _services(stack, config, records, (models or chosen.models, models_of), pulse)
        workers = _workers(services, WorkerSettings(config.workers.jobs))
        wake.up = tuple(worker.wake for worker in workers)
        await ensure_local(services)
        await recover.sweep(use=services)
        for worker in workers:
            tasks.start_soon(worker.run)
        tasks.start_soon(housekeeping.keep_tidy, records)
        tasks.start_soon(partial(recover.watch, use=services))
        if models is None:
            warming = CancelScope()
            stack.callback(warming.cancel)  # before what it warms is closed
            tasks.start_soon(_within, warming, partial(_warm, chosen, vad))
            tasks.start_soon(chosen.tools.keep_connected)
        webrtc = LateWebRtc()
        stack.push_async_callback(webrtc.aclose)
        bound = BoundUseCases(services)
        api = _api_settings(config)
        yield Platform(services, Wiring(bound, store, records.clock, services.formats, services.personas, webrtc, api))


async def _within(scope: CancelScope, work: Callable[[], Awaitable[None]]) -> None:
    with scope:
        await work()


async def _warm(chosen: Chosen, vad: LateVad) -> None:
    """Load what the first reply needs; a server is ready before."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.to_thread.run_sync, vad.load)
        tasks.start_soon(anyio.to_thread.run_sync, compile_late)
        tasks.start_soon(chosen.warm_up)
    gc.freeze()  # what was loaded stays: a full collection need not look through it, 0.15 s in which nobody is heard


def _silero() -> Vad:
    """Its library takes 0.1 s and 30 MB."""
    return importlib.import_module("vivavoce.providers.silero.vad").SileroVad()


async def _services(
    stack: AsyncExitStack,
    config: Config,
    records: Records,
    models: tuple[Models, ModelsOf | None],
    pulse: Pulse,
) -> Services:
    node, (chosen, models_of) = NodeId(config.server.node), models
    folder = config.store.data / "files"
    tapes = await stack.enter_async_context(open_tapes(folder))
    formats = installed_formats()
    built_in = FilePersonas(language=config.models.language, voice=config.models.voice)
    personas = AllPersonas(built_in, records.store)
    rooms = LiveRooms(
        node=node,
        records=records,
        formats=formats,
        personas=personas,
        models=chosen,
        pulse=pulse,
        new_tape=tapes.new,
        models_of=models_of,
    )
    await stack.enter_async_context(rooms)
    files, audio = DiskFiles(folder), PyAvAudioFiles()
    outside = _outside(stack, config)
    return Services(
        node,
        records,
        files,
        audio,
        formats,
        personas,
        chosen,
        rooms,
        KeyedLocks(),
        outside=outside,
        config=config,
        access=_access(stack, config.access),
        pictures=PyAvPictures(),
        models_of=models_of,
    )


def _access(stack: AsyncExitStack, config: AccessConfig) -> Access:
    """Raises ConfigError."""
    if not config.oidc:
        return Access()
    if config.public_url is None:
        raise ConfigError(["VIVAVOCE_OIDC_PROVIDERS needs VIVAVOCE_PUBLIC_URL: providers send people back there."])
    made = importlib.import_module("vivavoce.outside.oidc")
    client, back = made.new_client(), f"{config.public_url}/api/sign-in/oidc"
    stack.push_async_callback(client.aclose)
    providers: dict[str, OidcProvider] = {
        one.id: made.HttpOidcProvider(one, f"{back}/{one.id}/callback", SystemClock(), client) for one in config.oidc
    }
    return Access(providers=providers)


def _outside(stack: AsyncExitStack, config: Config) -> Outside:
    web = LateWeb(config.outside)
    stack.push_async_callback(web.aclose)
    typesetter = ProcessTypesetter(config.store.data / "fonts")
    return Outside(
        web=web,
        documents=ProcessDocuments(),
        mailer=_mailer(config.mail),
        shop=_shop(config.money),
        typesetter=typesetter,
    )


def _mailer(mail: MailConfig) -> Mailer | None:
    if mail.host is None:
        return None
    mailer: Mailer = importlib.import_module("vivavoce.outside.mail").SmtpMailer(mail, SystemClock())
    return mailer


def _shop(money: MoneyConfig) -> Shop | None:
    if money.stripe_key is None:
        return None
    if money.stripe_webhook_secret is None:
        said = "VIVAVOCE_MONEY_STRIPE_KEY needs VIVAVOCE_MONEY_STRIPE_WEBHOOK_SECRET too: else no payment is noticed."
        raise ConfigError([said])
    try:
        made = importlib.import_module("vivavoce.outside.stripe").StripeShop
    except ImportError:
        raise ConfigError(["VIVAVOCE_MONEY_STRIPE_KEY needs the extra stripe: install vivavoce[stripe]."]) from None
    shop: Shop = made(
        money.stripe_key.get_secret_value(), money.stripe_webhook_secret.get_secret_value(), money.stripe_address
    )
    return shop


@dataclass(slots=True)
class _Wake:
    """Records wake the workers, which are made after them."""

    up: tuple[Callable[[datetime], None], ...] = ()

    def __call__(self, due: datetime) -> None:
        for one in self.up:
            one(due)


def _workers(services: Services, settings: WorkerSettings) -> tuple[Worker, ...]:
    """One for webhooks, whose endpoints may hang, and one for all else, which does not wait for them."""
    others = dict(handlers(services))
    webhooks = {JobKind.DELIVER: others.pop(JobKind.DELIVER)}
    store, clock, node = services.store, services.clock, services.node
    courier = Worker(store, webhooks, clock, NodeId(f"{node}/webhooks"), settings=settings)
    return Worker(store, others, clock, node, settings=settings), courier


def _reporter(records: Records, tasks: TaskGroup) -> Callable[[Failure], None]:
    """Counts and logs each provider that was given up, and records it in the session it failed for."""

    def report(failure: Failure) -> None:
        metrics.provider_failures.labels(failure.port, failure.provider, failure.fault).inc()
        log.warning("provider.failed", port=failure.port, provider=failure.provider, fault=failure.fault)
        session = structlog.contextvars.get_contextvars().get("session")
        if session is not None:
            tasks.start_soon(_record, records, SessionId(session), failure)

    return report


async def _record(records: Records, session: SessionId, failure: Failure) -> None:
    fact = ProviderFailed(failure.port, failure.provider, failure.fault, failure.replaced_by)
    try:
        async with records.change() as change:
            await change.record(session, fact)
    except DomainError as error:  # the session was erased, or the store fails too: the log of the server has it
        log.warning("provider.failure_not_recorded", error=type(error).__name__)


def installed_formats() -> Mapping[str, Format]:
    """Ours, and those that installed packages registered."""
    formats: dict[str, Format] = {}
    for found in entry_points(group=FORMATS):
        format = found.load()
        if not isinstance(format, Format):
            raise TypeError(f"the entry point {found.name} of {FORMATS} is no Format")
        formats[format.name] = format
    return formats


def _api_settings(config: Config) -> ApiSettings:
    server = config.server
    access = config.access
    ours = urlsplit(access.public_url or "").hostname
    return ApiSettings(
        local=server.accounts == "off",
        secure=access.secure,
        hosts=frozenset({*access.hosts, ours} if ours else access.hosts),
        origins=frozenset(access.origins),
        max_json_bytes=server.request_limit_bytes,
        max_upload_bytes=server.upload_limit_bytes,
        metrics=server.metrics,
    )


async def migrate(config: Config) -> None:
    """Bring the store to this version's schema. Raises Unavailable if it does not answer."""
    config.store.data.mkdir(parents=True, exist_ok=True)
    async with open_store(config.store.database.get_secret_value()):
        pass  # opening it does


async def diagnose(config: Config) -> list[Finding]:
    """What is configured, what works, and why it was chosen: for `vivavoce doctor`."""
    chosen = choose(config, lambda failure: None)
    findings = [await _store_finding(config), _access_finding(config), *chosen.findings]
    for name, model in zip(config.models.llm, chosen.language_models, strict=True):
        findings = [await _loaded(one, model.ready) if one.choice == name else one for one in findings]
    for part, start in (("speech_to_text", chosen.recognisers[0].start), ("text_to_speech", chosen.voices[0].start)):
        findings = [await _loaded(one, start) if one.part == part else one for one in findings]
    findings.append(await chosen.tools.finding())
    await chosen.aclose()
    outside = importlib.import_module("vivavoce.outside.doctor")
    mail: Finding = await outside.mail_finding(config.mail)
    shop: Finding = await outside.shop_finding(config.money)
    return [*findings, _vad_finding(config), _webrtc_finding(), mail, shop]


async def _store_finding(config: Config) -> Finding:
    url = config.store.database.get_secret_value()
    choice = url.partition(":")[0].partition("+")[0]
    try:
        async with open_store(url) as store:
            await store.ping()
    except (Unavailable, ValueError, OSError) as error:
        return Finding("store", choice, State.FAILING, str(error))
    if choice == "sqlite":
        return Finding("store", choice, State.OK, f"In {config.store.data}.")
    return Finding("store", choice, State.OK, f"It answers. {await _confinement(url)}")


async def _confinement(url: str) -> str:
    """Whether PostgreSQL keeps communities apart by itself."""
    database = open_database(url, connections=1)
    try:
        async with database.reading() as db:
            if await rls.binds(db):
                return "Row-level security keeps communities apart."
            return (
                "WARNING: row-level security does not bind this role, which is a superuser or has BYPASSRLS: use a role"
                " of its own (docs/access.md)."
            )
    finally:
        await database.aclose()


def _access_finding(config: Config) -> Finding:
    if config.server.accounts == "off":
        return Finding("access", "local", State.OK, "Nobody signs in; only this machine may connect.")
    providers = ", ".join(one.id for one in config.access.oidc)
    also = f" Also with {providers}." if providers else ""
    if config.access.public_url is None:
        why = "Set VIVAVOCE_PUBLIC_URL: no links can be mailed without it, and cookies are also sent without https."
        return Finding("access", "accounts", State.OK, f"People sign in with a password.{also} {why}")
    return Finding("access", "accounts", State.OK, f"People sign in at {config.access.public_url}.{also}")


async def _loaded(finding: Finding, load: Callable[[], Awaitable[object]]) -> Finding:
    """The finding, or what went wrong when the part was really started."""
    if finding.state is not State.OK:
        return finding
    try:
        await load()
    except ProviderError as error:
        return replace(finding, state=State.FAILING, why=str(error))
    return finding


def _vad_finding(config: Config) -> Finding:
    _silero()  # its model is in the package: it loads, or the installation is broken
    return Finding("vad", config.models.vad, State.OK, "Its model comes with the package.")


def _webrtc_finding() -> Finding:
    try:
        importlib.import_module("vivavoce.transports.aiortc.transport").WebRtcTransport()
    except Unavailable as error:
        return Finding("webrtc", "aiortc", State.FAILING, f"{error} The WebSocket still works.")
    return Finding("webrtc", "aiortc", State.OK, "It runs in this process; WebSocket is there too.")
