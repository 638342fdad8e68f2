"""All wordings that patterns.py learns from; of those that begin together the earlier wins."""

from typing import Final

from vivavoce.domain.memory.pattern_facts import FACTS
from vivavoce.domain.memory.pattern_wishes import WISHES

RULES: Final = (*FACTS, *WISHES)
