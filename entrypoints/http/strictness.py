"""What is refused before a route looks at it: unknown parameters, doubled members, other media."""

from collections.abc import Mapping
from typing import Any

import attrs
from litestar import Litestar, Request, Response

from entrypoints.http.malformed import Duplicated, refuse_duplicates
from entrypoints.http.problems import Fault, problem

BODIES = {"POST", "PUT", "PATCH"}


@attrs.define
class Strictness:
    """Runs before every handler; `known` is filled when the routes are."""

    known: Mapping[Any, frozenset[str]] = attrs.field(factory=dict)

    async def __call__(self, request: Request[Any, Any, Any]) -> Response[bytes] | None:
        if request.scope.get("query_string"):
            faults = self._parameters(request)
            if faults:
                return _malformed(faults)
        if request.method in BODIES and request.scope["route_handler"].parsed_data_field:
            return await self._body(request)
        return None

    def learn(self, app: Litestar) -> None:
        self.known = {
            handler: frozenset(p.field_alias for p in model.expected_query_params)
            for route in app.routes
            for handler, model in getattr(route, "route_handler_map", {}).values()
        }

    def _parameters(self, request: Request[Any, Any, Any]) -> list[Fault]:
        known = self.known[request.scope["route_handler"]]
        given = [name for name, _ in request.query_params.multi_items()]
        unknown = [
            Fault(pointer=name[:100], detail="is not a parameter of this address")
            for name in given
            if name not in known
        ]
        twice = {name for name in given if name in known and given.count(name) > 1}
        return unknown + [
            Fault(pointer=name, detail="must be given once") for name in sorted(twice)
        ]

    async def _body(self, request: Request[Any, Any, Any]) -> Response[bytes] | None:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            return problem(
                status=415,
                code="unsupported_media_type",
                detail="send the body as application/json",
            )
        try:
            refuse_duplicates(await request.body())
        except Duplicated:
            return _malformed([Fault(pointer="#", detail="has a member twice in one object")])
        except (ValueError, RecursionError):
            return _malformed([Fault(pointer="#", detail="must be JSON")])
        return None


def _malformed(faults: list[Fault]) -> Response[bytes]:
    return problem(
        status=400,
        code="malformed_request",
        detail="the request does not have the form described in the API's description",
        faults=faults,
    )
