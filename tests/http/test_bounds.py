"""Nothing that callers send is without an end, and no text of ours without a shape."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from entrypoints.http.openapi import described
from entrypoints.http.routers import ROUTERS
from entrypoints.http.shapes import BASE64

DOCUMENT: dict[str, Any] = json.loads(
    msgspec.json.encode(described(route for router in ROUTERS for route in router.routes))
)
SCHEMAS = DOCUMENT["components"]["schemas"]
# What ECMA-262 lets a backslash stand before in a pattern of Unicode, which is read more strictly
# than Python's.
ESCAPED = re.compile(r"\\(?![\^$\\.*+?()\[\]{}|/\-dDsSwWbBnrtfvxupP0-9])")
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


def parts(of: Any) -> Iterator[dict[str, Any]]:
    match of:
        case dict():
            yield of
            for member in of.values():
                yield from parts(member)
        case list():
            for member in of:
                yield from parts(member)


def is_shapeless(schema: Any) -> bool:
    """API4:2023 of OWASP, which wants to know of every text what it looks like."""
    return schema.get("type") == "string" and not schema.keys() & {
        "format", "pattern", "enum", "const",
    }  # fmt: skip


def is_endless(schema: Any) -> bool:
    """API4:2023 as well, of whole numbers."""
    return schema.get("type") == "integer" and not {"minimum", "maximum"} <= schema.keys()


def test_every_number_has_an_end() -> None:
    named = {name for name, schema in SCHEMAS.items() if any(map(is_endless, parts(schema)))}

    assert named == set()
    assert is_endless({"type": "integer", "minimum": 0})


def test_every_text_has_a_shape() -> None:
    named = {name for name, schema in SCHEMAS.items() if any(map(is_shapeless, parts(schema)))}

    assert named == set()
    assert is_shapeless({"type": "string", "maxLength": 20})


def is_limitless(schema: Any) -> bool:
    """API4:2023 once more: what we say is not longer than we say it is either."""
    limited = schema.keys() & {"maxLength", "enum", "const"}
    return schema.get("type") == "string" and "format" not in schema and not limited


def test_every_text_has_an_end() -> None:
    named = {name for name, schema in SCHEMAS.items() if any(map(is_limitless, parts(schema)))}

    assert named == set()
    assert is_limitless({"type": "string", "pattern": "^a+$"})


def test_what_is_taken_by_default_might_have_been_said() -> None:
    odd = [
        part
        for part in parts(SCHEMAS)
        if isinstance(part.get("default"), str) and "pattern" in part
        if not re.search(part["pattern"], part["default"])
    ]

    assert odd == []


def test_every_reference_leads_somewhere() -> None:
    led_to = {part["$ref"] for part in parts(DOCUMENT) if isinstance(part.get("$ref"), str)}
    known = {
        f"#/components/{kind}/{name}"
        for kind, all in DOCUMENT["components"].items()
        for name in all
    }

    assert led_to - known == set()


def test_every_pattern_is_one_for_javascript_too() -> None:
    patterns = [
        part["pattern"] for part in parts(DOCUMENT) if isinstance(part.get("pattern"), str)
    ]

    assert [pattern for pattern in patterns if ESCAPED.search(pattern)] == []
    assert ESCAPED.search(r"[^\"]")


def test_what_is_wrong_with_a_word_is_said_in_full() -> None:
    """Every word that would have been right is named."""
    most = SCHEMAS["Fault"]["properties"]["detail"]["maxLength"]
    words = [
        part["enum"] for schema in SCHEMAS.values() for part in parts(schema) if "enum" in part
    ]
    longest = max(len("must be one of " + ", ".join(map(str, said))) for said in words)

    assert 500 < longest <= most


@pytest.mark.parametrize(
    "text", ["", "AAAA", "AA==", "AAz=", "AAA", "AA=", "A===", "AA==AA==", "JvDRlV", "pS8F8=="]
)
def test_base64_is_described_as_it_is_read(text: str) -> None:
    with suppress(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(text), type=bytes)
        assert re.search(BASE64, text)
        return
    assert not re.search(BASE64, text)
