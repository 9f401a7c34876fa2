"""The route of the API's description."""

from functools import lru_cache
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router, get

from entrypoints.http.answers import JSON
from entrypoints.http.openapi import described
from entrypoints.http.operations import Operation


@get("/openapi.json", opt=Operation(tag="description", needs=None, shows=dict[str, Any]).opt)
async def read_description(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The API in OpenAPI 3.1."""
    return Response(_written(request.app), media_type=JSON)


@lru_cache(maxsize=8)
def _written(app: Litestar) -> bytes:
    return msgspec.json.encode(described(app.routes))


router = Router("/", route_handlers=[read_description])
