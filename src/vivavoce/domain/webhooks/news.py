"""What a community's webhooks are told that stands in no session's log; and all that can be asked for."""

from enum import StrEnum
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.domain.sessions.events import NAMES
from vivavoce.domain.webhooks.endpoint import matches
from vivavoce.domain.webhooks.payload import NEVER


class News(StrEnum):
    """Names things by their ids, and holds nobody's words. docs/webhooks.md lists what goes with each."""

    ACCOUNT_MADE = "account.made"
    ACCOUNT_STANDING = "account.standing"  # somebody may do more now, or less
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    ACCOUNT_ERASED = "account.erased"
    CREDITS_GRANTED = "credits.granted"
    CREDITS_BOUGHT = "credits.bought"
    CREDITS_CHARGED = "credits.charged"
    CREDITS_REFUNDED = "credits.refunded"
    CREDITS_TAKEN_BACK = "credits.taken_back"
    CREDITS_LOW = "credits.low"  # a charge left too little for another one like it
    PING = "webhook.ping"


ALL: Final = frozenset(
    {*(str(news) for news in News), *(name for fact, name in NAMES.items() if not issubclass(fact, NEVER))}
)
"""Every type that a message can have."""


def check_known(filters: tuple[str, ...]) -> tuple[str, ...]:
    """The filters of an endpoint. Raises Invalid for one that nothing would ever match."""
    for filter in filters:
        if not any(matches(filter, type) for type in ALL):
            raise Invalid(f"There is no event called `{filter}`. docs/webhooks.md lists those there are.")
    return filters
