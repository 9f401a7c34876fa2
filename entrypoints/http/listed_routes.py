"""What routes there are, in a few words each."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from entrypoints.http.openapi import TAGS, described_routes
from entrypoints.http.openapi_parts import words_of
from entrypoints.http.operations import operation_of
from entrypoints.http.routers import ROUTERS


@attrs.frozen
class ListedRoute:
    """`scopes` has each that is enough; none is needed where it is empty."""

    method: str
    path: str
    tag: str
    scopes: Sequence[str]
    summary: str


def listed_routes() -> Iterator[ListedRoute]:
    """By path."""
    routes = described_routes(route for router in ROUTERS for route in router.routes)
    for path, method, handler in sorted(routes, key=lambda route: route[:2]):
        operation = operation_of(handler)
        scopes = [] if operation.needs is None else [each.value for each in operation.enough]
        summary, _ = words_of(handler.fn)
        yield ListedRoute(method.upper(), path, operation.tag, scopes, summary)


def tags() -> Mapping[str, str]:
    """What each is about, in the order in which they are shown."""
    return TAGS
