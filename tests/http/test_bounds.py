"""Nothing that callers send is without an end, and nothing unknown is passed over."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from entrypoints.http.app import ROUTERS
from entrypoints.http.openapi import described

DOCUMENT: dict[str, Any] = json.loads(
    msgspec.json.encode(described(route for router in ROUTERS for route in router.routes))
)
SCHEMAS = DOCUMENT["components"]["schemas"]
BOUNDED_FORMATS = {"uuid", "date", "date-time"}


def sent() -> Iterator[tuple[str, Any]]:
    """Every schema of what is sent, references followed, by the place where it is used."""
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            name = operation["operationId"]
            for parameter in operation.get("parameters", ()):
                yield from within(f"{name}?{parameter['name']}", parameter["schema"], ())
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield from within(name, content["schema"], ())


def within(place: str, schema: Any, seen: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    reference = schema.get("$ref", "").rpartition("/")[2]
    if reference in seen:
        return
    if reference:
        yield from within(place, SCHEMAS[reference], (*seen, reference))
        return
    yield place, schema
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from within(place, choice, seen)
    for name, member in schema.get("properties", {}).items():
        yield from within(f"{place}/{name}", member, seen)
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            yield from within(f"{place}/*", schema[inner], seen)


def is_unbounded(schema: Any) -> bool:
    if {"enum", "const"} & schema.keys():
        return False
    ends = {
        "string": "maxLength" in schema or schema.get("format") in BOUNDED_FORMATS,
        "integer": {"minimum", "maximum"} <= schema.keys(),
        "number": {"minimum", "maximum"} <= schema.keys(),
        "array": "maxItems" in schema,
        "object": "maxProperties" in schema or schema.get("additionalProperties") is False,
    }
    return not ends.get(schema.get("type"), True)


def test_everything_that_is_sent_has_an_end() -> None:
    places = list(sent())

    assert len(places) > 500
    assert sorted({place for place, schema in places if is_unbounded(schema)}) == []


def test_what_has_none_is_found() -> None:
    open_ended: tuple[Any, ...] = (
        {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "array", "items": {}},
        {"type": "object", "properties": {"a": {"const": 1}}},
    )  # fmt: skip

    assert all(is_unbounded(schema) for schema in open_ended)
