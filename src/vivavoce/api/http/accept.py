"""Which of several forms of an answer a client would like best (RFC 9110, 12.5.1)."""

from collections.abc import Sequence


def preferred(accept: str | None, offers: Sequence[str]) -> str:
    """The offered media type that `Accept` ranks highest; the first of equals; the first if none is acceptable."""
    ranges = [found for part in (accept or "*/*").split(",") if (found := _media_range(part)) is not None]
    ranked = [(_quality(offer, ranges), -place) for place, offer in enumerate(offers)]
    return offers[-max(ranked)[1]]


def _media_range(part: str) -> tuple[str, float] | None:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    if "/" not in name:
        return None
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return name, 0.0


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range which covers the offer."""
    for pattern in (offer, offer.partition("/")[0] + "/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0
