"""Records: what a source says of one thing, as names and JSON values."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs

Record = Mapping[str, Any]

LONGEST_TEXT = 10_000


@attrs.frozen
class BadRecord(Exception):
    """It cannot become what it should; nothing is wrong with those beside it."""

    code: str
    field: str
    detail: str


@attrs.frozen
class LeftOut(Exception):
    """It is not wanted."""

    NAME: ClassVar[str] = "left out"


def found(record: Record, path: str) -> Any:
    """What stands there; None if nothing does. A dot leads into a group, or is part of a name."""
    if path in record:
        return record[path]
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value


def put(record: Record, path: str, value: Any) -> Record:
    """With the value there, in groups that are made where there are none.

    Raises BadRecord if the way leads through a value.
    """
    if path in record:
        return {**record, path: value}
    name, _, rest = path.partition(".")
    if not rest:
        return {**record, name: value}
    group = record.get(name)
    if group is not None and not isinstance(group, Mapping):
        raise BadRecord("not_a_group", path[:200], f"{name} is a value and not a group of them")
    return {**record, name: put(group or {}, rest, value)}


def without(record: Record, path: str) -> Record:
    """Without what stands there, if anything does."""
    if path in record:
        return {name: value for name, value in record.items() if name != path}
    name, _, rest = path.partition(".")
    group = record.get(name)
    if not rest or not isinstance(group, Mapping):
        return record
    return {**record, name: without(group, rest)}


def unfolded(record: Record) -> Record:
    """Names with dots are ways into groups, as in the headings of tables.

    Raises BadRecord if one is a value and a group of values.
    """
    flat: Record = {}
    for name, value in record.items():
        if "." not in name:
            flat = put(flat, name, value)
    for name, value in record.items():
        if "." in name:
            flat = put(flat, name, value)
    return flat


def text_of(value: Any, path: str) -> str:
    """Of a value that can be written in one way only. Raises BadRecord."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        text = str(value)
        if len(text) <= LONGEST_TEXT:
            return text
    raise BadRecord("not_a_text", path[:200], "must be a text or a number")


def storable(text: str, most: int) -> str:
    """Without what no database keeps in a text, and no longer than that."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "?")[:most]


def is_empty(value: Any) -> bool:
    return value is None or value == ""


def extra(record: Record, known: Sequence[str]) -> Sequence[str]:
    """Names at its top that are not among these, in their order."""
    return sorted(set(record) - set(known))
