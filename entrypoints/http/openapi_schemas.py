"""Schemas and examples of the API's description."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from domain.kernel.refusals import Refusal
from entrypoints.http.problem_catalogue import catalogue, meaning_of, problem_of

SCHEMAS = "#/components/schemas/{name}"

SMALL = range(-(2**31), 2**31)

# Formats that say it all to a reader, and how long they get, which tools like to know as well.
LENGTHS = {"uuid": 36, "date": 10, "date-time": 40}


def schemas_of(shapes: Sequence[Any]) -> dict[str, Any]:
    """All that the shapes are made of, by name."""
    _, found = msgspec.json.schema_components(shapes, ref_template=SCHEMAS)
    schemas = {name: _tidy(schema) for name, schema in sorted(found.items())}
    problem = schemas["Problem"]
    problem["unevaluatedProperties"] = True  # members that belong to the code
    problem["properties"]["code"]["x-extensible-enum"] = list(catalogue())
    return schemas


def schema_of(shape: Any) -> dict[str, Any]:
    """A reference, or a choice of some."""
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=SCHEMAS)
    tidied: dict[str, Any] = _tidy(schema)
    return tidied


def parameter_schemas(shape: Any) -> list[tuple[str, Mapping[str, Any], bool]]:
    """Name, schema and whether it is required, of each parameter."""
    _, schemas = msgspec.json.schema_components([shape], ref_template=SCHEMAS)
    members = schemas[shape.__name__]
    return [
        (name, _tidy(_never_null(_inlined(schema, schemas))), name in members["required"])
        for name, schema in members.get("properties", {}).items()
    ]


def problem_examples(kinds: Iterable[type[Refusal]]) -> Mapping[str, Any]:
    return {
        kind.code: {"summary": meaning_of(kind), "value": problem_of(kind)}
        for kind in sorted(kinds, key=lambda kind: kind.code)
    }


def _never_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter that is not there is not null; it is just not there."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    if rest.get("default", "") is None:
        del rest["default"]
    return {**rest, **choices[0]} if choices else rest


def _inlined(schema: Any, schemas: Mapping[str, Any]) -> Any:
    match schema:
        case {"$ref": str(reference)}:
            return schemas[reference.rpartition("/")[2]]
        case dict():
            return {name: _inlined(value, schemas) for name, value in schema.items()}
        case list():
            return [_inlined(value, schemas) for value in schema]
    return schema


def _tidy(schema: Any) -> Any:
    """Says in OpenAPI's words what msgspec says in JSON Schema's."""
    match schema:
        case {"anyOf": choices, "discriminator": _}:
            rest = {name: value for name, value in schema.items() if name != "anyOf"}
            return {"oneOf": choices, **rest}
        case {"enum": [*values]}:
            return _tidy_choice(schema, values)
        case {"type": "integer" | "string"}:
            return _tidy_plain(schema)
        case dict():
            return {name: _tidy(value) for name, value in schema.items()}
        case list():
            return [_tidy(value) for value in schema]
        case _:
            return schema


def _tidy_choice(schema: Mapping[str, Any], values: Sequence[Any]) -> Mapping[str, Any]:
    if len(values) == 1:
        return {"type": "string", "const": values[0]}
    return {"type": "string", **schema}


def _tidy_plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if schema["type"] == "integer":
        return {**schema, "format": "int32" if _is_small(schema) else "int64"}
    format = schema.get("format", "")
    if format == "partial-time":  # no format of OpenAPI; the pattern says it
        return {**{n: value for n, value in schema.items() if n != "format"}, "maxLength": 8}
    return {**schema, "maxLength": LENGTHS[format]} if format in LENGTHS else schema


def _is_small(schema: Mapping[str, Any]) -> bool:
    return schema.get("minimum", 2**63) in SMALL and schema.get("maximum", 2**63) in SMALL
