"""Values as JSON objects and back: the form facts are stored in, and events have on the wire.

1. A value is an object with its dataclass's field names. Enums are their values, ids are strings, tuples are lists,
   times are ISO 8601 in UTC, mappings of strings are objects.
2. A field that is None is left out. A missing field takes its default, or None where the type allows it.
3. Reading is strict: an unknown `type`, a missing field and a value of the wrong type raise Undecodable. Fields
   nobody here knows are passed over: a newer release may have written them.
4. An event on the wire is flat: `seq`, `type`, `at`, then the fields of its fact (docs/protocol.md).
How each dataclass is read and written is worked out once, from its annotations, when it is first met.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.events import NAMES, TYPES, Event, Fact, LedBy, Withheld

Json = dict[str, object]
V = TypeVar("V")


class Undecodable(ValueError):
    """This JSON is not such a value. The message names types and fields, never contents."""


def fact_to_dict(fact: Fact) -> Json:
    """`{"type": ..., fields}`."""
    return {"type": NAMES[type(fact)], **to_dict(fact)}


def fact_from_dict(data: Mapping[str, object]) -> Fact:
    """Raises Undecodable."""
    name = data.get("type")
    cls = TYPES.get(name) if isinstance(name, str) else None
    if cls is None:
        raise Undecodable(f"unknown type of fact: {name!r}")
    return from_dict(cls, data)


def encode(event: Event) -> Json:
    """The event as it goes over the wire, flat."""
    name = NAMES[type(event.fact)]
    return {"seq": event.seq, "type": name, "at": time_to_text(event.at), **to_dict(event.fact)}


def decode(session: SessionId, wire: Mapping[str, object]) -> Event:
    """The event of a wire object, which does not name its session. Raises Undecodable."""
    match wire:
        case {"seq": int(seq), "at": str(at)}:
            return Event(session, seq, time_from_text(at), fact_from_dict(wire))
        case _:
            raise Undecodable("an event needs seq and at")


def to_text(data: Json) -> str:
    """Compact JSON that can be sent as UTF-8, whatever people typed."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can carry
        return json.dumps(data, separators=(",", ":"))
    return text


class WireTexts:
    """The JSON text of recent events, made once for all who listen.

    kept: how many; the least recently used text is forgotten first and is made again when asked for.
    """

    def __init__(self, kept: int = 2048) -> None:
        self._kept = kept
        self._texts: OrderedDict[tuple[SessionId, int], str] = OrderedDict()

    def of(self, event: Event) -> str:
        if isinstance(event.fact, Withheld | LedBy):  # not the same for all who listen
            return to_text(encode(event))
        key = (event.session, event.seq)
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = to_text(encode(event))
            if len(self._texts) > self._kept:
                self._texts.popitem(last=False)
        else:
            self._texts.move_to_end(key)
        return text


def time_to_text(at: datetime) -> str:
    """ISO 8601 in UTC with a Z, to the microsecond. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def time_from_text(text: str) -> datetime:
    """Raises Undecodable."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Undecodable("not a time") from None
    if at.tzinfo is None:
        raise Undecodable("a time without a time zone")
    return at.astimezone(UTC)


# --- any frozen dataclass ---------------------------------------------------------------------------


def to_dict(value: object) -> Json:
    """The fields of a dataclass, those that are None left out."""
    found: Json = {}
    for name, plan in _plans(type(value)):
        held = getattr(value, name)
        if held is not None:
            found[name] = plan.write(held)
    return found


def from_dict(cls: type[V], data: Mapping[str, object]) -> V:
    """A `cls` of these fields. Raises Undecodable."""
    values: Json = {}
    for name, plan in _plans(cls):
        held = data.get(name)
        if held is not None:
            values[name] = plan.read(held, f"{cls.__name__}.{name}")
        elif plan.required:
            raise Undecodable(f"{cls.__name__}.{name} is missing")
        elif plan.default_none:
            values[name] = None
    return cls(**values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one field is written and read. `read` is also told where it is, for the error."""

    write: Callable[[Any], object]
    read: Callable[[object, str], object]
    required: bool
    default_none: bool  # None is what a missing one means, and the dataclass has no default that says so


@cache
def _plans(cls: type) -> tuple[tuple[str, _Plan], ...]:
    hints = get_type_hints(cls)
    return tuple((field.name, _plan(field, hints[field.name])) for field in fields(cls))


def _plan(field: Field[Any], hint: object) -> _Plan:
    optional = False
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        optional = len(kinds) < len(get_args(hint))
        if len(kinds) != 1:
            raise TypeError(f"{field.name}: only one type, or one and None, can be told apart in JSON")
        hint = kinds[0]
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    write, read = _codec(hint)
    return _Plan(write, read, required=not has_default and not optional, default_none=optional and not has_default)


_Codec = tuple[Callable[[Any], object], Callable[[object, str], object]]


def _codec(hint: object) -> _Codec:
    """How values of a type are written and read. NewTypes are what they name."""
    while hasattr(hint, "__supertype__"):
        hint = cast(object, getattr(hint, "__supertype__"))  # noqa: B009 - not declared on object
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return _list_codec(args[0])
    if origin in (Mapping, dict):
        return _mapping_codec(args[0], args[1])
    if not isinstance(hint, type):
        raise TypeError(f"no JSON form for {hint!r}")
    if hint in _SCALARS:
        return _same, _reader(hint)
    if issubclass(hint, Enum):
        return (lambda value: value.value), _enum_reader(hint)
    if issubclass(hint, datetime):
        return time_to_text, lambda held, where: time_from_text(cast(str, _expect(str, held, where)))
    nested = cast(type[object], hint)
    return to_dict, lambda held, where: from_dict(nested, cast(Json, _expect(dict, held, where)))


_SCALARS: Final = frozenset({str, int, bool, float})


def _same(value: object) -> object:
    return value


def _expect(kind: type, held: object, where: str) -> object:
    # bool is an int in Python but not in JSON
    if not isinstance(held, kind) or (kind is int and isinstance(held, bool)):
        raise Undecodable(f"{where} is not a {kind.__name__}")
    return held


def _reader(kind: type) -> Callable[[object, str], object]:
    if kind is float:
        return lambda held, where: float(cast(float, held if type(held) is int else _expect(float, held, where)))
    return lambda held, where: _expect(kind, held, where)


def _enum_reader(kind: type[Enum]) -> Callable[[object, str], object]:
    members: dict[object, Enum] = {member.value: member for member in kind}

    def read(held: object, where: str) -> Enum:
        member = members.get(held) if isinstance(held, (str, int)) else None
        if member is None:
            raise Undecodable(f"{where} is not a {kind.__name__}")
        return member

    return read


def _list_codec(item: object) -> _Codec:
    write_item, read_item = _codec(item)

    def read(held: object, where: str) -> object:
        return tuple(read_item(one, where) for one in cast(list[object], _expect(list, held, where)))

    return (lambda values: [write_item(one) for one in values]), read


def _mapping_codec(key: object, item: object) -> _Codec:
    write_key, read_key = _codec(key)
    write_item, read_item = _codec(item)

    def write(values: Mapping[object, object]) -> object:
        return {write_key(name): write_item(one) for name, one in values.items()}

    def read(held: object, where: str) -> object:
        found = cast(Json, _expect(dict, held, where))
        return {read_key(name, where): read_item(one, where) for name, one in found.items()}

    return write, read
