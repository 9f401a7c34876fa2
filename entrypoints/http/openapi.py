"""The description of the API (OpenAPI 3.1), where Litestar's is mended before it is served.

Litestar describes errors as `application/json` in a shape that is not sent, does not know which
headers a route insists on, and forgets the errors that every route can answer with.
"""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.di import NamedDependency
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, Contact, License, SecurityScheme, Server, Tag

from litestar.params import SkipValidation

from domain.kernel.refusals import Refusal
from entrypoints.http.idempotency import HEADER
from entrypoints.http.problems import MEDIA_TYPE, Problem, status_of
from entrypoints.http.security import PUBLIC

VERSION = "1.0.0"

DESCRIPTION = """
Hold, confirm and cancel bookings of hotel rooms and course seats; nothing is sold twice.

* Every request carries an API key: `Authorization: Bearer fd_…`.
* A POST that creates or acts carries an `Idempotency-Key`. Repeat it with the same key after any
  doubt: it has one effect, and the answer comes again, marked `Idempotency-Replayed: true`.
* A resource has a strong `ETag`. Send it as `If-Match` to change only what you have seen, and as
  `If-None-Match` to hear 304 while nothing is new.
* Errors are `application/problem+json` (RFC 9457); match on `code`.
* Amounts are whole minor units of an ISO 4217 currency. Times carry their offset, dates are local
  to the place.
"""

TAGS = {
    "availability": "What is left, by day and by resource.",
    "resources": "What is on sale, on which terms.",
    "quotes": "Prices, promised for a while.",
    "bookings": "Holds and what becomes of them.",
    "events": "What has happened, for programs that follow.",
    "health": "For load balancers and supervisors.",
    "description": "This description.",
}

REASONS = {
    "400": "The request does not have the form described here.",
    "401": "No valid API key was shown.",
    "403": "The key lacks the scope for this.",
    "404": "It does not exist, or not for this organization.",
    "409": "Not in the current state of things.",
    "412": "It has changed since you read it.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "A rule refuses the request as it stands.",
    "428": "Say which version you decided on: send If-Match.",
    "500": "A fault of ours.",
    "503": "Too busy, or something we depend on is away; nothing was done.",
}

CONFIG = OpenAPIConfig(
    title="Frontdesk",
    version=VERSION,
    description=DESCRIPTION.strip(),
    contact=Contact(name="Frontdesk", url="https://example.com/frontdesk"),
    license=License(name="Apache-2.0", identifier="Apache-2.0"),
    servers=[Server(url="/")],
    tags=[Tag(name=name, description=words) for name, words in TAGS.items()],
    components=Components(
        security_schemes={
            "api_key": SecurityScheme(
                type="http", scheme="bearer", description="An API key: `fd_test_…` or `fd_live_…`."
            )
        }
    ),
    security=[{"api_key": []}],
    use_handler_docstrings=True,
    operation_id_creator=lambda handler, method, path: handler.handler_name.rpartition(".")[2],
)


def described(app: Litestar) -> dict[str, Any]:
    """The whole description, as it is served."""
    document: dict[str, Any] = app.openapi_schema.to_schema()
    schemas = document["components"].setdefault("schemas", {})
    schemas.update(_problem_schemas())
    for route in app.routes:
        for handler, _ in getattr(route, "route_handler_map", {}).values():
            for method in handler.http_methods:
                operation = document["paths"].get(_path(route), {}).get(method.lower())
                if operation is not None:
                    _mend(operation, handler)
    return document


def _path(route: Any) -> str:
    parts = (
        f"{{{part.name}}}" if hasattr(part, "name") else part for part in route.path_components
    )
    return "/" + "/".join(parts)


def _mend(operation: dict[str, Any], handler: Any) -> None:
    responses = operation["responses"]
    for status in [status for status in responses if status[0] in "45"]:
        del responses[status]
    public = handler.opt.get("public") is True
    if public:
        operation["security"] = []
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    statuses = {"500"} if public else {"400", "401", "403", "500", "503"}
    if "requestBody" in operation:
        statuses |= {"413", "415", "422"}
    if HEADER in names:
        statuses |= {"409", "422"}
    if "If-Match" in names:
        statuses |= {"412", "428"}
    if names & {"cursor", "from", "starts_from"}:
        statuses |= {"422"}
    codes = _codes(handler.opt.get("refuses", ()))
    for status in sorted(statuses | codes.keys()):
        responses[status] = _refusals(status, codes.get(status, ()))
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == HEADER:
            parameter["required"] = True
    for response in responses.values():
        response.setdefault("headers", {})["X-Request-Id"] = {
            "description": "Names this request in our logs.",
            "schema": {"type": "string", "maxLength": 64},
        }


def _codes(refusals: Any) -> Mapping[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for refusal in refusals:
        kind: type[Refusal] = refusal
        codes.setdefault(str(int(status_of(kind))), []).append(kind.code)
    return codes


def _refusals(status: str, codes: Any) -> dict[str, Any]:
    known = " Codes: " + ", ".join(f"`{code}`" for code in codes) + "." if codes else ""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": REASONS[status] + known, "content": content}


def _problem_schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(
        [Problem], ref_template="#/components/schemas/{name}"
    )
    return dict(schemas)


@get("/openapi.json", tags=["description"], opt=PUBLIC, media_type="application/json")
async def read_description(
    description: NamedDependency[SkipValidation[Mapping[str, bytes]]],
) -> Response[dict[str, Any]]:
    """The API in OpenAPI 3.1."""
    return Response(cast(dict[str, Any], description["json"]), media_type="application/json")


router = Router("/", route_handlers=[read_description])
