"""Descriptions of APIs by OpenAPI, in JSON or YAML: a section for each operation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.extraction.drafts import Draft
from adapters.extraction.structured import read_structured
from application.documentation.ports import Unreadable
from domain.documentation.kinds import DocumentationKind
from domain.documentation.pages import ReadPage

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def read_openapi(body: bytes, /, *, url: str, content_type: str) -> ReadPage:  # noqa: ARG001
    described = read_structured(body)
    if not isinstance(described, dict) or not isinstance(described.get("paths"), dict):
        raise Unreadable("It describes no paths.")
    about = _mapping(described.get("info"))
    title = _text(about, "title") or url
    first = Draft(anchor="", path=(title,), blocks=_told(about, "summary", "description"))
    operations = list(_operations(described["paths"], title))
    return ReadPage(
        title=title,
        sections=tuple(part for draft in (first, *operations) for part in draft.sections()),
        version=_text(about, "version")[:40] or None,
        kind=DocumentationKind.API_REFERENCE,
    )


def _operations(paths: Mapping[str, Any], title: str) -> Iterator[Draft]:
    for path, item in paths.items():
        for method in METHODS:
            operation = _mapping(item).get(method)
            if not isinstance(operation, dict):
                continue
            name, called = _text(operation, "operationId"), f"{method.upper()} {path}"
            tags = [tag for tag in _several(operation.get("tags")) if isinstance(tag, str)]
            parameters = [
                *_several(_mapping(item).get("parameters")),
                *_several(operation.get("parameters")),
            ]
            yield Draft(
                anchor=name,
                path=(title, *tags[:1], called),
                symbols=[each for each in (name, path) if each],
                blocks=[
                    called,
                    *_told(operation, "summary", "description"),
                    *filter(None, (_parameter(_mapping(each)) for each in parameters)),
                    *_answers(_mapping(operation.get("responses"))),
                ],
            )


def _parameter(parameter: Mapping[str, Any]) -> str:
    name = _text(parameter, "name")
    return name and " | ".join((name, *_told(parameter, "in", "description")))


def _answers(responses: Mapping[str, Any]) -> list[str]:
    told = ((status, _text(_mapping(each), "description")) for status, each in responses.items())
    return [f"{status} | {text}" for status, text in told if text]


def _told(of: Mapping[str, Any], *names: str) -> list[str]:
    return [text for name in names if (text := _text(of, name))]


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return value.strip().replace("\0", "") if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
