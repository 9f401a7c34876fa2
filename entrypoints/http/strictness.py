"""Before every handler: methods are told, and parameters that nobody asked for refused."""

from collections.abc import Mapping
from typing import Any

import attrs
from litestar import Request, Response

from application.kernel.ports import Clock
from entrypoints.http.deprecation import deprecation_of
from entrypoints.http.operations import operation_of
from entrypoints.http.reading import NO_QUERY
from entrypoints.http.refusals import NoLongerServed

AnyRequest = Request[Any, Any, Any]

NO_CONTENT = 204


@attrs.frozen(kw_only=True)
class Strictness:
    """`methods` are those of each path, by its template."""

    clock: Clock
    methods: Mapping[str, tuple[str, ...]]

    def __call__(self, request: AnyRequest) -> Response[bytes] | None:
        if request.method == "OPTIONS":
            known = ", ".join(self.methods[request.scope["path_template"]])
            return Response(b"", status_code=NO_CONTENT, headers={"Allow": known})
        old = deprecation_of(request.scope["route_handler"])
        if old is not None and old.is_over(self.clock()):
            raise NoLongerServed
        if request.scope["query_string"]:
            query = operation_of(request.scope["route_handler"]).query
            if query is NO_QUERY:
                query.of(request)
        return None
