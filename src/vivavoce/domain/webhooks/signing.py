"""Signatures as Standard Webhooks defines them (https://www.standardwebhooks.com, version 1, symmetric).

Signed are id, time and body, joined by dots: HMAC-SHA256 with the secret's bytes, in base64, after `v1,`. While a
secret is being replaced the message carries both signatures, apart by a blank.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32  # the standard asks for 24 to 64


def secret_of(random: bytes) -> str:
    """A secret as people see it: `whsec_` and base64."""
    return PREFIX + base64.b64encode(random).decode()


def headers(id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """What goes with the body of one try. at: when it is sent. secrets: the newest first."""
    seconds = str(int(at.timestamp()))
    signed = f"{id}.{seconds}.".encode() + body
    return {
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(_signature(signed, secret) for secret in secrets),
    }


def _signature(signed: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
