"""Parameters, bodies and answers in the API's description."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from application.kernel.refusals import Busy, RateLimited, StorageFull, Unavailable
from domain.identity.api_keys import Unauthenticated
from domain.identity.organizations import OrganizationDeactivated
from domain.identity.second_factors import SecondFactorRequired
from domain.identity.sessions import SignInAgain
from domain.kernel.actors import READING, NotPermitted, OrganizationSuspended, Permission
from domain.kernel.refusals import Refusal
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH
from entrypoints.http.idempotency import IDEMPOTENCY_KEY
from entrypoints.http.openapi_schemas import parameter_schemas, schema_of
from entrypoints.http.operations import Operation
from entrypoints.http.problems import MEDIA_TYPE, RETRY_AFTER, Problem, status_of
from entrypoints.http.rate_limiting import is_limited
from entrypoints.http.reading import MEDIA_TYPE as JSON
from entrypoints.http.reading import Question
from entrypoints.http.refusals import (
    AddressTooLong,
    BodyTooLarge,
    HeadersTooLarge,
    InternalError,
    MalformedRequest,
    NoSuchRoute,
    Overloaded,
    RunsBackwards,
    TookTooLong,
    UnsupportedMediaType,
)

REASONS = {
    200: "As asked.",
    201: "Created.",
    202: "Taken on; it is done later.",
    304: "You have the latest version.",
    400: "The request does not have the form described here.",
    401: "No valid API key or session was shown.",
    403: "The key, or the role, lacks the permission for this.",
    404: "It does not exist, or not for this organization.",
    409: "Not in the current state of things.",
    412: "It has changed since you read it.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is not JSON.",
    422: "A rule refuses the request as it stands.",
    428: "Say which version you decided on.",
    429: "Too often; come back later.",
    431: "The headers are too large.",
    500: "A fault of ours.",
    503: "Too busy, or something we depend on is away; nothing was done.",
    504: "Not ready in time; whether anything was done is not known.",
    507: "There is no room left; nothing was done.",
}

ETAG = {
    "description": "The version that this is.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "maxLength": 11},
}


def _items_of(*parameters: str, example: str) -> dict[str, Any]:
    """A list as in RFC 9651: names in quotes, with numbers."""
    item = '"[a-z-]+"' + "".join(f";{parameter}=[0-9]+" for parameter in parameters)
    pattern = f"^{item}(, {item})*$"
    return {"type": "string", "maxLength": 400, "pattern": pattern, "examples": [example]}


HEADERS: Mapping[str, Any] = {
    "X-Request-Id": {
        "description": "Names this request in our logs.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]+$", "maxLength": 64},
    },
    "Traceresponse": {
        "description": "The step of the trace that this was, as in `traceparent` (W3C).",
        "schema": {
            "type": "string",
            "pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$",
            "maxLength": 55,
        },
    },
    "ETag": ETAG,
    "Location": {
        "description": "Where it is found from now on.",
        "schema": {"type": "string", "format": "uri-reference", "maxLength": 200},
    },
    "Link": {
        "description": 'The next page, if there is one: `<…>; rel="next"` (RFC 8288).',
        "schema": {"type": "string", "pattern": "^<.+>; rel=", "maxLength": 4000},
    },
    "Idempotency-Replayed": {
        "description": "`true` if this was answered before, and nothing was done now.",
        "schema": {"type": "string", "const": "true"},
    },
    "RateLimit-Policy": {
        "description": 'Your limits: `"read";q=600;w=60` is 600 at once, and again in 60 seconds.',
        "schema": _items_of("q", "w", example='"read";q=600;w=60'),
    },
    "RateLimit": {
        "description": "What is left of each (`r`), and in how many seconds there is more (`t`).",
        "schema": _items_of("r", "t", example='"read";r=598;t=1'),
    },
    "Retry-After": {
        "description": "Seconds after which trying again makes sense.",
        "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 3600},
    },
    "WWW-Authenticate": {
        "description": "How to say who you are.",
        "schema": {"type": "string", "pattern": "^Bearer ", "maxLength": 100},
    },
}

LIMITS = ("RateLimit-Policy", "RateLimit")

PLACE = re.compile(r"{(\w+)}")


def words_of(function: Callable[..., Any]) -> tuple[str, str]:
    """The first sentence of what is said about it, and the rest."""
    summary, _, details = inspect.cleandoc(function.__doc__ or "").partition("\n")
    return " ".join(summary.split()).rstrip("."), details.strip()


def parameters_of(path: str, operation: Operation) -> list[dict[str, Any]] | None:
    places = [
        {"name": name, "in": "path", "required": True, "schema": _place(name)}
        for name in PLACE.findall(path)
    ]
    queries = [
        {"name": name, "in": "query", "required": required, "schema": schema}
        for name, schema, required in parameter_schemas(operation.query.shape)
    ]
    headers = [
        {"name": header.name, "in": "header", "required": header.required, "schema": header.schema}
        for header in operation.sends
    ]
    described = [
        {**parameter, "description": words}
        for parameter, words in zip(
            [*places, *queries, *headers],
            [
                *("Which one." for _ in places),
                *(_words(query["schema"]) for query in queries),
                *(header.description for header in operation.sends),
            ],
            strict=True,
        )
    ]
    return described or None


def _place(name: str) -> dict[str, Any]:
    if name == "code":
        return {"type": "string", "pattern": "^[a-z_]+$", "maxLength": 64, "example": "sold_out"}
    if name == "token":
        return {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 128}
    return {"type": "string", "format": "uuid", "maxLength": 36}


def _words(schema: Any) -> str:
    return str(schema.get("description", "Only those with this value."))


def request_body_of(operation: Operation) -> dict[str, Any] | None:
    if operation.body is None:
        return None
    examples = {name: {"value": value} for name, value in operation.body.examples.items()}
    content = {"schema": schema_of(operation.body.shape), "examples": examples}
    return {"required": operation.body.REQUIRED, "content": {JSON: content}}


def responses_of(path: str, operation: Operation) -> dict[str, Any]:
    responses = dict.fromkeys(_successes(operation), _success(operation))
    if IF_NONE_MATCH in operation.sends and IF_MATCH.name not in _names(operation):
        responses[304] = {"description": REASONS[304], "headers": _headers("ETag")}
    if operation.tag == "health":
        responses[503] = {**_success(operation), "description": REASONS[503]}
    codes: dict[int, list[type[Refusal]]] = {}
    for refusal in dict.fromkeys(refusals_of(path, operation)):
        codes.setdefault(status_of(refusal), []).append(refusal)
    problems = {
        status: _problems(status, refusals)
        for status, refusals in codes.items()
        if status not in responses
    }
    everything = sorted({**responses, **problems}.items())
    limits = _headers(*LIMITS) if is_limited(operation) else {}
    return {
        str(status): {**words, "headers": {**words["headers"], **limits}}
        for status, words in everything
    }


def _successes(operation: Operation) -> list[int]:
    creates_or_replaces = {IF_MATCH.name, IF_NONE_MATCH.name} <= _names(operation)
    return [200, 201] if creates_or_replaces else [operation.status]


def _success(operation: Operation) -> dict[str, Any]:
    names = _names(operation)
    members = getattr(operation.shows, "__struct_fields__", ())
    sent = {
        "ETag": IF_NONE_MATCH.name in names or "version" in members,
        "Location": operation.status == 201,  # noqa: PLR2004
        "Link": "next" in members,
        "Idempotency-Replayed": IDEMPOTENCY_KEY.name in names,
    }
    response: dict[str, Any] = {
        "description": REASONS[operation.status],
        "headers": _headers(*(name for name, is_sent in sent.items() if is_sent)),
        "content": {operation.media_type: {"schema": schema_of(operation.shows)}},
    }
    if operation.then:
        response["links"] = {name: _link(name, given) for name, given in operation.then.items()}
    return response


def _link(operation_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    parameters = {name: value for name, value in given.items() if name != "body"}
    link: dict[str, Any] = {"operationId": operation_id}
    if parameters:
        link["parameters"] = parameters
    if "body" in given:
        link["requestBody"] = given["body"]
    return link


def refusals_of(path: str, operation: Operation) -> Iterable[type[Refusal]]:
    yield from (MalformedRequest, AddressTooLong, HeadersTooLarge)
    yield from (InternalError, Overloaded, TookTooLong)
    if operation.needs is not None:
        yield from (Unauthenticated, NotPermitted, OrganizationDeactivated)
        yield from (Unavailable, StorageFull, Busy)
        if not READING.issuperset(operation.enough):
            yield OrganizationSuspended
    yield from _of_members(operation)
    if is_limited(operation):
        yield RateLimited
    if operation.body is not None:
        yield from (BodyTooLarge, UnsupportedMediaType)
    if operation.query.ranges or (isinstance(operation.body, Question) and operation.body.ranges):
        yield RunsBackwards
    if "_id}" in path:
        yield NoSuchRoute
    for header in operation.sends:
        yield from header.refuses
    yield from operation.refuses


def _of_members(operation: Operation) -> Iterable[type[Refusal]]:
    """What is only ever asked of whoever has signed in."""
    if operation.needs not in (None, Permission.USE_ACCOUNT):
        yield SecondFactorRequired
    if operation.sensitive:
        yield SignInAgain


def _problems(status: int, refusals: list[type[Refusal]]) -> dict[str, Any]:
    codes = [refusal.code for refusal in refusals]
    members = {name for refusal in refusals for name in refusal.__annotations__}
    sent = {
        "Retry-After": RETRY_AFTER in members,
        "ETag": status == 412,  # noqa: PLR2004
        "WWW-Authenticate": status == 401,  # noqa: PLR2004
    }
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
    return {
        "description": f"{REASONS[status]} Codes: {', '.join(f'`{code}`' for code in codes)}.",
        "headers": _headers(*(name for name, is_sent in sent.items() if is_sent)),
        "content": {MEDIA_TYPE: {"schema": schema_of(Problem), "examples": examples}},
    }


def _headers(*names: str) -> dict[str, Any]:
    return {name: HEADERS[name] for name in ("X-Request-Id", "Traceresponse", *names)}


def _names(operation: Operation) -> set[str]:
    return {header.name for header in operation.sends}
