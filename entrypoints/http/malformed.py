"""Every fault of a body, with its place, so that a consumer mends it in one go.

Bodies are read by msgspec, which is fast and stops at the first fault. Only when it refuses is the
body looked at again, against the JSON schema of the same type, which finds them all.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from entrypoints.http.problems import Fault

formats = FormatChecker()

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


class Duplicated(Exception):
    """A member stands twice in an object; which of them counts would be anybody's guess."""


@lru_cache(maxsize=64)
def _schema(type_: Any) -> Mapping[str, Any]:
    return msgspec.json.schema(type_)


def faults(body: bytes, type_: Any) -> list[Fault]:
    """All that keeps `body` from being a `type_`; empty if only msgspec knows what."""
    try:
        value = json.loads(body)
    except ValueError:
        return [Fault(pointer="#", detail="must be JSON")]
    schema = _chosen(_schema(type_), value)
    if schema is None:
        return [Fault(pointer="#/kind", detail="must be the name of a kind")]
    found = Draft202012Validator(schema, format_checker=formats).iter_errors(value)
    return [fault for error in found for fault in _said(error)]


def _chosen(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any] | None:
    """For a choice of kinds, the one that the value names: faults of the others help nobody."""
    mapping = schema.get("discriminator", {}).get("mapping")
    if mapping is None or not isinstance(value, dict):
        return schema
    kind = value.get(schema["discriminator"]["propertyName"])
    if kind not in mapping:
        return None
    return {"$ref": mapping[kind], "$defs": schema["$defs"]}


def _said(error: ValidationError) -> Iterator[Fault]:
    at = "#" + "".join(f"/{part}" for part in error.absolute_path)
    words = WORDS.get(str(error.validator), "is not as described").format(error.validator_value)
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            yield from (Fault(pointer=f"{at}/{name}", detail=words) for name in missing)
        case "additionalProperties":
            known = error.schema["properties"]
            unknown = [name for name in error.instance if name not in known]
            yield from (Fault(pointer=f"{at}/{name[:100]}", detail=words) for name in unknown)
        case _:
            yield Fault(pointer=at, detail=words)


def refuse_duplicates(body: bytes) -> None:
    """Raises Duplicated, or ValueError for what is not JSON at all."""
    json.loads(body, object_pairs_hook=_without_duplicates)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Duplicated
    return members
