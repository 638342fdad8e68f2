"""Secrets that somebody holds and we know again: 256 random bits. Only their hash is kept."""

import hashlib
import secrets


def new_token(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. Nobody guesses 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
