"""Every fault of a request, with its place, so that a consumer mends it in one go.

Requests are read by msgspec, which is fast and stops at the first fault. Only when it refuses is
the request looked at again, against the JSON schema of the same type, which finds them all.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

import msgspec

MOST_FAULTS = 50

Found = tuple[tuple[str, ...], str]
"""Where in the value, and what is wrong there."""

WORDS = {
    "required": "is required",
    "additionalProperties": "is not known here",
    "minimum": "must be at least {0}",
    "maximum": "must be at most {0}",
    "minLength": "must have at least {0} characters",
    "maxLength": "must have at most {0} characters",
    "minItems": "must have at least {0} items",
    "maxItems": "must have at most {0} items",
    "pattern": "must match {0}",
    "format": "must be a {0}",
    "type": "must be of type {0}",
    "enum": "must be one of {0}",
    "const": "must be {0}",
}

FORMATS = {
    "date": date,
    "date-time": Annotated[datetime, msgspec.Meta(tz=True)],
    "partial-time": Annotated[time, msgspec.Meta(tz=False)],
    "time": time,
    "uuid": UUID,
}

PLACE = re.compile(r" - at `\$([^`]*)`$")
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


class Duplicated(Exception):
    """A member stands twice in an object; which of them counts would be anybody's guess."""


def _reading(type_: Any) -> Any:
    # What is no text is refused for its type, not for its format.
    return lambda value: not isinstance(value, str) or msgspec.convert(value, type_) is not None


@lru_cache(maxsize=64)
def validator(shape: Any) -> Any:
    # For requests that are refused: no start waits for it.
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415

    formats = FormatChecker(formats=())
    for name, type_ in FORMATS.items():
        formats.checks(name, raises=msgspec.ValidationError)(_reading(type_))
    return Draft202012Validator(msgspec.json.schema(shape), format_checker=formats)


def faults_of_body(body: bytes, shape: Any, refusal: Exception) -> list[Found]:
    """All that keeps `body` from being a `shape`; at the least, what `refusal` says."""
    try:
        value = parsed(body)
        found = [*unstorable(value), *faults_of(value, shape)]
    except Duplicated:
        return doubled(body)
    except RecursionError:
        return [((), "is nested too deeply")]
    except ValueError:
        return [((), "must be JSON in UTF-8")]
    return found[:MOST_FAULTS] or [in_words_of_msgspec(refusal)]


def doubled(body: bytes) -> list[Found]:
    """Where members stand twice; read again, since the first reading stops without its place."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=Doubled)
        return list(islice(_doubled_in(value, ()), MOST_FAULTS))
    except (ValueError, RecursionError):
        return [((), "must be JSON in UTF-8")]


class Doubled(dict[str, Any]):
    """An object that remembers which of its members came twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.twice = [name for name in self if len(self) < len(names) and names.count(name) > 1]


def _doubled_in(value: Any, at: tuple[str, ...]) -> Iterator[Found]:
    if isinstance(value, Doubled):
        yield from (((*at, name), "is there twice") for name in value.twice)
        for name, member in value.items():
            yield from _doubled_in(member, (*at, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _doubled_in(item, (*at, str(number)))


def faults_of(value: Any, shape: Any) -> list[Found]:
    found = (fault for error in validator(shape).iter_errors(value) for fault in _said(error))
    return list(islice(dict.fromkeys(found), MOST_FAULTS))


def parsed(body: bytes) -> Any:
    """Raises Duplicated, ValueError for what is not JSON, RecursionError for what is too deep."""
    return json.loads(
        body.decode(),
        object_pairs_hook=_without_duplicates,
        parse_constant=_refuse_constant,
        parse_float=_whole_or_float,
    )


def _whole_or_float(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise Duplicated(next(name for name in names if names.count(name) > 1))
    return members


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are Python's idea of JSON


def unstorable(value: Any, at: tuple[str, ...] = ()) -> Iterator[Found]:
    """NUL, which PostgreSQL does not store, and halves of characters, which are not Unicode."""
    match value:
        case str():
            if not _is_storable(value):
                yield at, "must have neither NUL nor lone surrogates"
        case dict():
            for name, member in value.items():
                yield from unstorable(member, (*at, name))
        case list():
            for number, item in enumerate(value):
                yield from unstorable(item, (*at, str(number)))


def _is_storable(text: str) -> bool:
    try:
        return b"\0" not in text.encode()  # which halves of characters refuse
    except UnicodeEncodeError:
        return False


def _said(error: Any) -> Iterator[Found]:
    at = tuple(str(part) for part in error.absolute_path)
    instance, wanted = error.instance, error.validator_value
    match error.validator:
        case "required":
            missing = [name for name in wanted if name not in instance]
            yield from (((*at, name), WORDS["required"]) for name in missing)
        case "additionalProperties":
            known = error.schema["properties"]
            unknown = [name for name in instance if name not in known]
            yield from (((*at, name), WORDS["additionalProperties"]) for name in unknown)
        case "anyOf":
            yield from _of_the_chosen(error, at)
        case _:
            words = WORDS.get(str(error.validator), "is not as described")
            yield at, words.format(_shown(wanted))


def _of_the_chosen(error: Any, at: tuple[str, ...]) -> Iterator[Found]:
    """For a choice of kinds, what keeps it from being the one it names: others help nobody."""
    chosen, schema, branches = 0, error.schema, error.validator_value
    if "discriminator" in schema and isinstance(error.instance, Mapping):
        name, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
        kind = error.instance.get(name)
        if not isinstance(kind, str) or kind not in mapping:
            yield (*at, name), WORDS["enum"].format(", ".join(mapping))
            return
        chosen = [branch["$ref"] for branch in branches].index(mapping[kind])
    # Where nothing tells them apart, the first is the shape and the second is null.
    for inner in error.context or ():
        if inner.schema_path[0] == chosen:
            yield from _said(inner)


def _shown(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return str(value)


def in_words_of_msgspec(refusal: Exception) -> Found:
    words = str(refusal)
    place = PLACE.search(words)
    if place is None:
        return (), words or "is not as described"
    steps = tuple(name or number for name, number in STEP.findall(place.group(1)))
    return steps, words[: place.start()]
