"""What every use case is handed: the parts of the running platform, chosen once in `bootstrap.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.base.clock import Clock
from vivavoce.base.config import Config
from vivavoce.base.ids import NodeId
from vivavoce.base.locks import KeyedLocks
from vivavoce.domain.errors import FormatNotFound
from vivavoce.engine.brief import held_to
from vivavoce.engine.room import Models
from vivavoce.services.access.parts import Access
from vivavoce.services.changes import Records
from vivavoce.services.format import Format
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.money.ports import Shop
from vivavoce.services.people.ports import Pictures
from vivavoce.services.persona import ModelsOf, Persona, Personas
from vivavoce.services.ports import Store
from vivavoce.services.ports_outside import AudioFiles, Documents, Files, Mailer, Web
from vivavoce.services.recent_transcripts import RecentTranscripts
from vivavoce.services.reports.ports import Typesetter


@dataclass(frozen=True, slots=True)
class Outside:
    """What reaches beyond this process. None: not configured."""

    web: Web | None = None
    documents: Documents | None = None
    mailer: Mailer | None = None
    shop: Shop | None = None
    typesetter: Typesetter | None = None


@dataclass(frozen=True, slots=True)
class Services:
    node: NodeId
    records: Records
    files: Files
    audio: AudioFiles
    formats: Mapping[str, Format]
    personas: Personas
    models: Models
    rooms: LiveRooms
    message_locks: KeyedLocks
    outside: Outside = field(default_factory=Outside)
    config: Config = field(default_factory=Config)
    access: Access = field(default_factory=Access)
    pictures: Pictures | None = None
    models_of: ModelsOf | None = None
    transcripts: RecentTranscripts = field(default_factory=RecentTranscripts)

    @property
    def store(self) -> Store:
        return self.records.store

    @property
    def clock(self) -> Clock:
        return self.records.clock

    def models_for(self, persona: Persona) -> Models:
        """Those the persona asks for, of those that are configured; else the platform's."""
        own = self.models_of(persona.models) if self.models_of is not None and persona.models else self.models
        return held_to(own, persona.reply_words)

    def format(self, name: str) -> Format:
        """Raises FormatNotFound."""
        found = self.formats.get(name)
        if found is None:
            known = ", ".join(sorted(self.formats))
            raise FormatNotFound(f"There is no format called {name!r}. The formats here are: {known}.")
        return found
