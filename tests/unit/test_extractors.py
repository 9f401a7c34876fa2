"""Every kind of site has somebody who reads it."""

import json
from collections.abc import Callable

import pytest
import yaml

from adapters.extraction.factory import EXTRACTORS
from application.documentation.ports import Unreadable
from domain.documentation.kinds import DocumentationKind, SiteKind

URL = "https://a.example/docs/start"

MARKDOWN = b"""---
sidebar: 1
---
# Start *here*

See [limits](limits.md#most), [this](#run) and [that](https://b.example/x).

## Run it {#run}

```sh
# no heading

frontdesk run
```
"""
API = {
    "openapi": "3.1.0",
    "info": {"title": "Desk", "version": "1.2", "description": "Bookings."},
    "paths": {
        "/bookings/{id}": {
            "parameters": [{"name": "id", "in": "path", "description": "Which one."}],
            "get": {
                "operationId": "read_booking",
                "tags": ["bookings"],
                "summary": "One booking.",
                "responses": {"200": {"description": "It is there."}},
            },
        }
    },
}


@pytest.mark.parametrize("kind", SiteKind)
def test_every_kind_is_read(kind: SiteKind) -> None:
    body = json.dumps(API).encode() if kind is SiteKind.OPENAPI else b"<p>Hello</p>"

    assert EXTRACTORS[kind](body, url=URL, content_type="text/html").sections


def test_titles_keep_what_belongs_to_them() -> None:
    body = b"# C#\n\na\n\n## Closed ##\n\nb\n\n#no title\n\n####### seven\n"
    page = EXTRACTORS[SiteKind.MARKDOWN](body, url=URL, content_type="text/markdown")

    assert [each.path[-1] for each in page.sections] == ["C#", "Closed"]
    assert page.sections[1].text == "b\n\n#no title\n\n####### seven"


def test_titles_by_sphinx_tell_the_version() -> None:
    body = b"<html><head><title>Tasks &#8212; Library 3.11.2 documentation</title></head></html>"

    assert EXTRACTORS[SiteKind.SPHINX](body, url=URL, content_type="").version == "3.11.2"


def test_what_pages_by_sphinx_were_made_from_is_not_read() -> None:
    body = b"<html><body><a href='_sources/t.rst.txt'>Source</a><a href='a.html'>A</a></body>"
    page = EXTRACTORS[SiteKind.SPHINX](body, url="https://a.example/docs/", content_type="")

    assert page.links == ("https://a.example/docs/a.html",)


def test_markdown_is_read_by_its_headings() -> None:
    page = EXTRACTORS[SiteKind.MARKDOWN](MARKDOWN, url=URL, content_type="text/markdown")

    assert [(each.anchor, each.path) for each in page.sections] == [
        ("start-here", ("Start here",)),
        ("run", ("Start here", "Run it")),
    ]
    assert page.sections[1].text == "```sh\n# no heading\n\nfrontdesk run\n```"
    assert page.links == ("https://a.example/docs/limits.md", "https://b.example/x")


@pytest.mark.parametrize("write", [json.dumps, yaml.safe_dump])
def test_each_operation_of_an_api_has_a_section(write: Callable[[object], str]) -> None:
    body = write(API).encode()
    page = EXTRACTORS[SiteKind.OPENAPI](body, url=URL, content_type="application/json")

    about, operation = page.sections
    assert (about.text, page.version) == ("Bookings.", "1.2")
    assert operation.path == ("Desk", "bookings", "GET /bookings/{id}")
    assert operation.symbols == ("read_booking", "/bookings/{id}")
    assert "id | path | Which one." in operation.text
    assert page.kind is DocumentationKind.API_REFERENCE


@pytest.mark.parametrize("body", [b"no json", b"[]", b'{"paths": 1}', b"[" * 100_000])
def test_what_describes_no_api_is_not_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        EXTRACTORS[SiteKind.OPENAPI](body, url=URL, content_type="application/json")
