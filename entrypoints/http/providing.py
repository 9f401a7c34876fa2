"""Gives each route what it names, and nothing else.

Litestar resolves for every handler all that its layers provide, and compares each of them with
each other: a hundred use cases given to the application cost half a second of a start.
"""

from collections.abc import Iterator, Mapping
from inspect import signature
from typing import Any

from litestar import Router
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute


def provided(router: Router, values: Mapping[str, Any]) -> Router:
    """A router of one application's own, with those of the values that its handlers name."""
    named = {name for handler in _handlers(router) for name in signature(handler.fn).parameters}
    dependencies = {name: _always(values[name]) for name in sorted(named & values.keys())}
    return _Fresh("/", route_handlers=[router], dependencies=dependencies)


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


def _always(value: Any) -> Provide:
    """Use cases are stateless, so each is built once and shared by all requests."""

    def provide() -> Any:
        return value

    return Provide(provide, sync_to_thread=False)
