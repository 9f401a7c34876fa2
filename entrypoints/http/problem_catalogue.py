"""All codes that a problem can have, each with an example."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Any, NewType, get_args, get_origin
from uuid import UUID

import attrs
import msgspec

from domain.kernel.refusals import Refusal
from entrypoints.http.problems import is_answered, refused
from entrypoints.http.refusals import Fault

PRODUCT = ("application", "domain", "entrypoints")

ID = UUID("01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10")
DAY = date(2027, 5, 14)
NOON = datetime(2027, 5, 14, 12, tzinfo=timezone.utc)

SAMPLES: Mapping[Any, Any] = {
    UUID: ID,
    date: DAY,
    datetime: NOON,
    time: NOON.time(),
    int: 1,
    str: "…",
    Fault: Fault(pointer="#/check_out", detail="must be a date"),
}
SAMPLES_BY_NAME: Mapping[str, Any] = {
    "PoolId": f"{ID}:{DAY}",
    "at": "#/resources/3/offering/beds",
    "cause": "no_beds",
    "why": "a room has a bed at least",
    "requested": 2,
    "free": 1,
    "nights": 0,
    "longest": 90,
    "guests": 5,
    "beds": 4,
    "rooms": 6,
    "most": 12,
    "state": "cancelled",
    "zone": "Europe/Atlantis",
    "first": DAY,
    "until": DAY - timedelta(days=1),
    "offered": "training",
    "version": 4,
    "currency": "EUR",
    "discount_code": "SPRING27",
    "allowed": ("GET", "HEAD", "OPTIONS"),
    "settings_off": ("synchronous_commit",),
}

# Members with defaults that examples show all the same.
TOLD_IF_KNOWN = frozenset({"next_release_at", "settings_off", "sought"})


def catalogue() -> Mapping[str, type[Refusal]]:
    """Every refusal that may be an answer, by its code, in the order of the alphabet."""
    found = {kind.code: kind for kind in _descendants(Refusal) if _is_ours(kind)}
    return dict(sorted(found.items()))


def meaning_of(refusal: type[Refusal]) -> str:
    """What its docstring says; attrs writes one of its own only for those without."""
    own = vars(refusal).get("__doc__") or ""
    if not own or own.startswith(refusal.__name__ + "("):
        return str(example_of(refusal))
    return " ".join(own.split())


def example_of(refusal: type[Refusal]) -> Refusal:
    attrs.resolve_types(refusal)
    return refusal(**_members(refusal))


def problem_of(refusal: type[Refusal]) -> dict[str, Any]:
    """The problem as it would be sent."""
    body: dict[str, Any] = msgspec.json.decode(refused(example_of(refusal)).body)
    return {**body, "instance": str(ID)}


def _is_ours(kind: type[Refusal]) -> bool:
    # attrs makes a new class of each; the one it was made from may still be around.
    concrete = {"code", "__attrs_attrs__"} <= vars(kind).keys()
    return concrete and is_answered(kind) and kind.__module__.partition(".")[0] in PRODUCT


def _members(kind: Any) -> dict[str, Any]:
    return {
        field.name: _sample(field.name, field.type)
        for field in attrs.fields(kind)
        if field.default is attrs.NOTHING or field.name in TOLD_IF_KNOWN
    }


def _sample(name: str, type_: Any) -> Any:
    if name in SAMPLES_BY_NAME:
        return SAMPLES_BY_NAME[name]
    origin, arguments = get_origin(type_), get_args(type_)
    if isinstance(type_, NewType):
        return _sample(type_.__name__, type_.__supertype__)
    if origin is tuple:
        return (_sample("", arguments[0]),)
    return _sample("", arguments[0]) if arguments else _plain_sample(type_)


def _plain_sample(type_: Any) -> Any:
    if attrs.has(type_):
        attrs.resolve_types(type_)
        return type_(**_members(type_))
    return next(iter(type_)) if issubclass(type_, Enum) else SAMPLES[type_]


def _descendants(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for heir in kind.__subclasses__():
        yield heir
        yield from _descendants(heir)
