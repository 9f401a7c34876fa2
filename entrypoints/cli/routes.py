"""`frontdesk routes`: every route of the API, as Markdown."""

import argparse
from collections.abc import Iterator

from entrypoints.http.listed_routes import ListedRoute, listed_routes, tags
from entrypoints.wiring.settings import Settings

HEAD = """\
# Routes

Every route of the API, with the scope that a key needs for it. What each takes and answers is on a
running server: at `/docs` to read and try, at `/openapi.json` for programs. What all of them have
in common: [consume the API](guides/consume-the-api.md). This page is made by `make docs`."""


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_settings: Settings, _arguments: argparse.Namespace) -> int:
    print("\n".join(page()))
    return 0


def page() -> Iterator[str]:
    routes = list(listed_routes())
    yield HEAD
    for tag, words in tags().items():
        yield f"\n## {tag.capitalize()}\n\n{words}\n"
        yield "| route | scope | what it does |\n| --- | --- | --- |"
        yield from (_row(route) for route in routes if route.tag == tag)


def _row(route: ListedRoute) -> str:
    scopes = " or ".join(f"`{scope}`" for scope in route.scopes)
    cells = (f"`{route.method} {route.path}`", scopes, route.summary)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
