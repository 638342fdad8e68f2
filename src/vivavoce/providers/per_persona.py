"""The models of a persona that names language models of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vivavoce.engine.ports import LanguageModel, Models
from vivavoce.providers.fallback import FallbackLanguageModel, OnFailure


@dataclass(slots=True, eq=False)
class PersonaModels:
    """Implements services.persona.ModelsOf over the configured models: no persona brings one that is not.

    What it makes is kept, so that a provider that failed for one room rests for the others too. Nothing of it needs to
    be closed: the models are the platform's.
    """

    models: Models
    configured: Sequence[LanguageModel]
    on_failure: OnFailure
    _made: dict[tuple[str, ...], Models] = field(default_factory=dict[tuple[str, ...], Models])

    def __call__(self, names: Sequence[str]) -> Models:
        known = {model.name: model for model in self.configured}
        wanted = tuple(name for name in dict.fromkeys(names) if name in known)
        if not wanted:
            return self.models
        if wanted not in self._made:
            rest = [model for name, model in known.items() if name not in wanted]
            chain = FallbackLanguageModel([*(known[name] for name in wanted), *rest], self.on_failure)
            self._made[wanted] = replace(self.models, llm=chain)
        return self._made[wanted]
