"""The description of the API (OpenAPI 3.1), made from what routes say about themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.routes import BaseRoute, HTTPRoute

from domain.kernel.refusals import Refusal
from entrypoints.http.openapi_parts import (
    parameters_of,
    refusals_of,
    request_body_of,
    responses_of,
    words_of,
)
from entrypoints.http.openapi_schemas import problem_examples, schemas_of
from entrypoints.http.operations import Operation, operation_of
from entrypoints.http.problems import Problem

VERSION = "1.0.0"

DESCRIPTION = """
Quote, hold, confirm, change and cancel bookings of rooms, cars, flights, excursions and courses;
nothing is sold twice.

* Every request carries an API key, or the session of a member: `Authorization: Bearer fd_…`.
  No cookies are set, and none are looked at.
* A POST that creates or acts carries an `Idempotency-Key`. Repeat it with the same key after any
  doubt: it has one effect, and the answer comes again, marked `Idempotency-Replayed: true`.
* A resource has a strong `ETag`. Send it as `If-Match` to change only what you have seen, and as
  `If-None-Match` to hear 304 while nothing is new.
* Errors are `application/problem+json` (RFC 9457); match on `code`. All codes: `/problems`.
* Amounts are whole minor units of an ISO 4217 currency. Times carry their offset, dates are local
  to the place.
* Members may be added to answers; none changes its meaning.
"""

TAGS = {
    "agents": "Who answers callers, whether they are free, and the queues they serve.",
    "analytics": "What is counted of calls and bookings, and what follows from it.",
    "api keys": "What programs show to act for your organization.",
    "attendance": "Who was there, and what people need.",
    "audit": "Who changed what, and whether the record of it is whole.",
    "availability": "What is left, by day and by resource.",
    "blocks": "Units set aside for somebody, until a release date.",
    "bookings": "Holds and what becomes of them.",
    "calls": "Calls from the first ring to what became of them.",
    "certificates": "Whether a certificate is good, for everybody who has its number.",
    "channels": "Where else something is sold, and how both sides learn of each other.",
    "continuations": "For customers with a link to their inquiry.",
    "customers": "What is kept on somebody: all of it shown, or forgotten.",
    "description": "This description, and that of problems.",
    "discounts": "Codes that customers pay less with.",
    "documentation": "What the documentation says that you have had read.",
    "escalations": "Callers on the way to somebody who can help.",
    "events": "What has happened, for programs that follow.",
    "health": "For load balancers and supervisors.",
    "imports": "Offerings, pools and past bookings from files.",
    "itineraries": "Bookings of several kinds, held together.",
    "members": "The people of your organization, and what they may do.",
    "notices": "What members are told of in the program itself.",
    "organization": "Your organization, its tier and its settings.",
    "papers": "Vouchers, invoices, credit notes, receipts and certificates.",
    "payments": "Money asked for and taken; no card number ever comes here.",
    "pipelines": "Where records come from, and what becomes of them.",
    "provider events": "What payment providers say by themselves.",
    "quality": "What was said in calls, how good they were, and by which scorecards people judge.",
    "quotes": "Prices, promised for a while.",
    "realtime": "Tickets for sockets, on which the picture is live.",
    "refunds": "Money on its way back, and what customers dispute.",
    "reports": "Tables of what there is, as files, and who has taken which.",
    "resources": "What is on sale, on which terms.",
    "sessions": "Signing in and out, and one's own account.",
    "staffing": "Venues and trainers, and which sessions they are at.",
    "telephony": "What whoever carries the calls says by itself.",
    "units": "Single cars and rooms, and who has them.",
    "waiting list": "Who is next, once something comes free.",
}

CONTACT = {
    "name": "Frontdesk",
    "url": "https://example.com/frontdesk",
    "email": "frontdesk@example.com",
}
LICENSE = {"name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}
SERVER = {
    "url": "/",
    "description": "The server this comes from: local, test or production.",
    "x-internal": False,
}


def described(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The whole description, as it is served."""
    paths: dict[str, dict[str, Any]] = {}
    shapes: list[Any] = [Problem]
    kinds: set[type[Refusal]] = set()
    for path, method, handler in sorted(described_routes(routes), key=lambda route: route[:2]):
        operation = operation_of(handler)
        kinds.update(refusals_of(path, operation))
        paths.setdefault(path, {})[method] = _operation(path, handler, operation)
        shapes += [operation.shows, *([operation.body.shape] if operation.body else [])]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Frontdesk",
            "version": VERSION,
            "summary": "The back end of a desk that takes bookings.",
            "description": DESCRIPTION.strip(),
            "contact": CONTACT,
            "license": LICENSE,
        },
        "servers": [SERVER],
        "security": [{"api_key": []}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas_of(shapes),
            "examples": problem_examples(kinds),
            "securitySchemes": {
                "api_key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key: `fd_test_…` or `fd_live_…`.",
                }
            },
        },
    }


def described_routes(
    routes: Iterable[BaseRoute],
) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Path, method and handler of every operation; static pages describe themselves."""
    for route in routes:
        if not isinstance(route, HTTPRoute):
            continue
        path = re.sub(r":\w+}", "}", route.path)
        for handler in route.route_handlers:
            operation = handler.opt.get("operation")
            if isinstance(operation, Operation) and operation.shows is not None:
                yield from ((path, method.lower(), handler) for method in handler.http_methods)


def _operation(path: str, handler: HTTPRouteHandler, operation: Operation) -> Mapping[str, Any]:
    summary, details = words_of(handler.fn)
    if operation.needs is not None:
        scopes = " or ".join(f"`{permission.value}`" for permission in operation.enough)
        details = f"{details}\n\nNeeds the scope {scopes}.".strip()
    described = {
        "operationId": handler.fn.__name__,
        "tags": [operation.tag],
        "summary": summary,
        "description": details or summary,
        "deprecated": operation.deprecated and True,
        "parameters": parameters_of(path, operation),
        "requestBody": request_body_of(operation),
        "responses": responses_of(path, operation),
        "security": [] if operation.needs is None else None,
    }
    return dict(_present(described.items()))


def _present(members: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in members if value is not None)
