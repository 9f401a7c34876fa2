"""Gives each route what it names, and nothing else.

Litestar resolves for every handler all that its layers provide, and compares each of them with
each other: a hundred use cases given to the application cost half a second of a start.
"""

from collections.abc import Iterator, Sequence
from inspect import signature
from typing import Any

from litestar import Router
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.http.binding import used


def provided(router: Router, names: frozenset[str]) -> Router:
    """A router that gives its handlers what they name, of the application that is asked."""
    named = {name for handler in _handlers(router) for name in signature(handler.fn).parameters}
    dependencies = {name: _given(name) for name in sorted(named & names)}
    return _Fresh("/", route_handlers=[router], dependencies=dependencies)


def given_in_turn(routes: Sequence[object]) -> None:
    """Litestar starts a task for each of several things a handler names: none of ours waits."""
    for route in routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                model.dependency_batches = [
                    {one} for batch in model.dependency_batches for one in batch
                ]


class _Fresh(Router):
    """Holds copies already."""

    def __deepcopy__(self, _memo: object) -> "_Fresh":
        """Litestar copies whatever it is given, and copying all routes is most of a start."""
        return self


def _handlers(router: Router) -> Iterator[BaseRouteHandler]:
    for route in router.routes:
        if isinstance(route, HTTPRoute):
            yield from route.route_handlers
        else:
            yield route.route_handler


def _given(name: str) -> Provide:
    """Use cases are stateless, so each is built once and shared by all requests."""

    def provide() -> Any:
        return used().values[name]

    return Provide(provide, sync_to_thread=False)
