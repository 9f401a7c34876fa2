"""Gives each route what it names, and nothing else.

Litestar resolves for every handler all that its layers provide, and compares each of them with
each other: a hundred use cases given to the application cost half a second of a start.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from inspect import signature
from typing import Any

from litestar import HttpMethod, Router, route
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.http.binding import used


def provided(router: Router, names: frozenset[str]) -> Router:
    """A router that gives its handlers what they name, of the application that is asked."""
    handlers = [copy(handler) for handler in _handlers(router)]
    named = {name for handler in handlers for name in signature(handler.fn).parameters}
    dependencies = {name: _given(name) for name in sorted(named & names)}
    return _Fresh("/", route_handlers=[_options(router), *handlers], dependencies=dependencies)


def given_in_turn(routes: Sequence[object]) -> None:
    """Litestar starts a task for each of several things a handler names: none of ours waits."""
    for each in routes:
        if isinstance(each, HTTPRoute):
            for _, model in each.route_handler_map.values():
                model.dependency_batches = [
                    {one} for batch in model.dependency_batches for one in batch
                ]


class _Fresh(Router):
    """Holds copies already."""

    def __deepcopy__(self, _memo: object) -> "_Fresh":
        """Litestar copies whatever it is given, and copying all routes is most of a start."""
        return self


def _handlers(router: Router) -> Iterator[BaseRouteHandler]:
    for each in router.routes:
        if isinstance(each, HTTPRoute):
            for handler in each.route_handlers:
                if HttpMethod.OPTIONS not in handler.http_methods:
                    yield handler
        else:
            yield each.route_handler


def _options(router: Router) -> BaseRouteHandler:
    """One for all paths: Litestar would make one for each, which is half of all its handlers."""

    async def options() -> None:
        """`Strictness` answers before."""

    paths = [each.path for each in router.routes if isinstance(each, HTTPRoute)]
    return route(paths, http_method=HttpMethod.OPTIONS, include_in_schema=False)(options)


def _given(name: str) -> Provide:
    """Use cases are stateless, so each is built once and shared by all requests."""

    def provide() -> Any:
        return used().values[name]

    return Provide(provide, sync_to_thread=False)
