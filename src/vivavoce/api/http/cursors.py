"""Where a page of a list ended, as an opaque text.

It is not signed: it only names a place in a list, and every query asks anew who may see what. It is checked, so that
a text which is not one of ours is refused rather than guessed at.
"""

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.services.ports import Cursor

_FORM: Final = re.compile(r"(\d{1,18})\.((?:[a-z]{3}_)?[0-9a-z]{1,40})", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_US: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


def write_cursor(cursor: Cursor) -> str:
    microseconds = (cursor.created_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{microseconds}.{cursor.id}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Raises Invalid for what `write_cursor` never wrote."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        plain = ""
    match = _FORM.fullmatch(plain)
    if match is None or int(match[1]) > _LAST_US:
        raise Invalid("This cursor is not one of ours. Use `next_cursor` of the page before, unchanged.")
    return Cursor(_EPOCH + timedelta(microseconds=int(match[1])), match[2])
