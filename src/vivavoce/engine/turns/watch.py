"""Watching over the people in a room: what each said of late, and whether it is a sign of danger. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vivavoce.base.ids import SeatId
from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import CALM, Assessment, Kind
from vivavoce.domain.safety.patterns import REACH
from vivavoce.domain.sessions.crisis import Danger


@dataclass(frozen=True, slots=True)
class Watch:
    """on: the format has the crisis protocol. said: each seat's last turns, oldest first. language: of the persona.

    countries: where each person is, as far as it is known; `country` for the others.
    """

    on: bool = False
    said: Mapping[SeatId, tuple[str, ...]] = field(default_factory=dict[SeatId, tuple[str, ...]])
    language: str = "en"
    country: str = ""
    countries: Mapping[SeatId, str] = field(default_factory=dict[SeatId, str])


def judged(watch: Watch, seat: SeatId, text: str) -> Assessment:
    """What a seat's new turn is a sign of."""
    return assess(text, watch.said.get(seat, ())) if watch.on else CALM


def after(watch: Watch, seat: SeatId, text: str) -> Watch:
    """Once the turn was said."""
    if not watch.on:
        return watch
    said = (*watch.said.get(seat, ()), text)[-REACH:]
    return replace(watch, said={**watch.said, seat: said})


def seated(watch: Watch, seat: SeatId, country: str) -> Watch:
    """Somebody sat down. country: empty where it is not known, or known already."""
    return replace(watch, countries={**watch.countries, seat: country}) if country else watch


def danger_of(watch: Watch, kind: Kind | None, seat: SeatId | None) -> Danger:
    country = watch.countries.get(seat, watch.country) if seat is not None else watch.country
    return Danger(kind or Kind.SUICIDE, country, watch.language)
