"""Refusals as RFC 9457 problem details — the only place that knows their status codes."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

import attrs
import msgspec
from msgspec import Meta, Struct

from application.kernel.once import Answer
from application.kernel.refusals import Busy, RateLimited, StorageFull, Unavailable, VersionChanged
from application.onboarding.refusals import PartRefused
from domain.identity.api_keys import Unauthenticated
from domain.identity.second_factors import SecondFactorNeeded
from domain.identity.sessions import SignInRefused
from domain.inventory.pools import SoldOut, Sought
from domain.kernel.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from entrypoints.http.context import request_id
from entrypoints.http.etags import PreconditionFailed, PreconditionRequired, etag
from entrypoints.http.idempotency import KeyMissing
from entrypoints.http.refusals import (
    TEXT,
    AddressTooLong,
    BodyTooLarge,
    Fault,
    HeadersTooLarge,
    ImpossibleTimes,
    InternalError,
    MalformedRequest,
    MethodNotAllowed,
    NoLongerServed,
    Overloaded,
    RunsBackwards,
    TookTooLong,
    UnsupportedMediaType,
)

MEDIA_TYPE = "application/problem+json"

# The most specific class counts.
STATUS: Mapping[type[Refusal], HTTPStatus] = {
    MalformedRequest: HTTPStatus.BAD_REQUEST,
    KeyMissing: HTTPStatus.BAD_REQUEST,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    SignInRefused: HTTPStatus.UNAUTHORIZED,
    SecondFactorNeeded: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    Conflict: HTTPStatus.CONFLICT,
    NoLongerServed: HTTPStatus.GONE,
    VersionChanged: HTTPStatus.PRECONDITION_FAILED,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    AddressTooLong: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    HeadersTooLarge: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    InternalError: HTTPStatus.INTERNAL_SERVER_ERROR,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    Overloaded: HTTPStatus.SERVICE_UNAVAILABLE,
    TookTooLong: HTTPStatus.GATEWAY_TIMEOUT,
}

# Attributes that are told otherwise.
RETRY_AFTER = "retry_after"
SOUGHT = "sought"

A_DAY = timedelta(days=1)


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not carried out. Match on `code`; it never changes its meaning.

    Further members belong to the code and carry what a program needs to go on, such as
    `shortages` of `sold_out`, and `suggestions`, the addresses of what there is instead. `type` is
    the address of a page about the code.
    """

    type: Annotated[
        str,
        Meta(
            examples=["/problems/sold_out"],
            max_length=100,
            extra_json_schema={"format": "uri-reference"},
        ),
    ]
    title: Annotated[str, Meta(examples=["Sold out"], max_length=100, pattern=TEXT)]
    status: Annotated[int, Meta(ge=400, le=599, examples=[409])]
    code: Annotated[str, Meta(examples=["sold_out"], max_length=64, pattern="^[a-z_]+$")]
    detail: Annotated[str, Meta(max_length=10_000, pattern=TEXT)]
    instance: Annotated[
        str,
        Meta(
            max_length=64,
            pattern="^[A-Za-z0-9._-]+$",
            description="The id of the request, as in `X-Request-Id`.",
        ),
    ]
    errors: Annotated[tuple[Fault, ...], Meta(max_length=50)] = ()


STANDARD = frozenset(Problem.__struct_fields__)


def status_of(refusal: type[Refusal]) -> HTTPStatus:
    known = (STATUS[kind] for kind in refusal.__mro__ if kind in STATUS)
    return next(known, HTTPStatus.INTERNAL_SERVER_ERROR)


def is_answered(refusal: type[Refusal]) -> bool:
    """Others are for the worker; nobody who asks over HTTP meets them."""
    return not STATUS.keys().isdisjoint(refusal.__mro__)


def title_of(code: str) -> str:
    return code.replace("_", " ").capitalize()


def address_of(code: str) -> str:
    return f"/problems/{code}"


def refused(refusal: Refusal, *, in_body: bool = True) -> Answer:
    """The refusal's attributes are published as members of the problem.

    `in_body` says whether the field that an Invalid names is a member of the body.
    """
    status = status_of(type(refusal))
    problem = Problem(
        type=address_of(refusal.code),
        title=title_of(refusal.code),
        status=status,
        code=refusal.code,
        detail=str(refusal),
        instance=request_id(),
        errors=_faults(refusal, in_body=in_body),
    )
    own = {name: value for name, value in _attributes(refusal).items() if name not in STANDARD}
    if isinstance(refusal, SoldOut) and refusal.sought:
        own["suggestions"] = [_suggestions(one) for one in refusal.sought]
    members = {**msgspec.to_builtins(problem), **msgspec.to_builtins(own)}
    for told_otherwise in (RETRY_AFTER, SOUGHT):
        members.pop(told_otherwise, None)
    return Answer(status=status, headers=_headers(refusal), body=msgspec.json.encode(members))


def _attributes(refusal: Refusal) -> dict[str, Any]:
    names = (field.name for field in attrs.fields(type(refusal)))
    return {name: getattr(refusal, name) for name in names}


def _faults(refusal: Refusal, *, in_body: bool) -> tuple[Fault, ...]:
    match refusal:
        case MalformedRequest() | RunsBackwards() | ImpossibleTimes():
            return refusal.errors
        case PartRefused():
            return (Fault(pointer=refusal.at, detail=refusal.why),)
        case Invalid() if refusal.field and in_body:
            return (Fault(pointer=f"#/{refusal.field}", detail=str(refusal)),)
        case Invalid() if refusal.field:
            return (Fault(parameter=refusal.field, detail=str(refusal)),)
    return ()


def _suggestions(sought: Sought) -> str:
    """Where it says what there is instead."""
    query: dict[str, object] = {
        "from": sought.first_day,
        "until": sought.last_day + A_DAY,
        "units": sought.units,
    }
    if sought.part is not None:
        query["part"] = sought.part
    return f"/v1/resources/{sought.resource_id}/suggestions?{urlencode(query)}"


def _headers(refusal: Refusal) -> tuple[tuple[str, str], ...]:
    match refusal:
        case Unauthenticated() | SignInRefused() | SecondFactorNeeded():
            return (("WWW-Authenticate", 'Bearer realm="frontdesk"'),)
        case MethodNotAllowed():
            return (("Allow", ", ".join(refusal.allowed)),)
        case UnsupportedMediaType():
            return (("Accept", "application/json"), ("Accept-Encoding", "identity"))
        case VersionChanged():
            return (("ETag", etag(refusal.version)),)
    seconds = _attributes(refusal).get(RETRY_AFTER)
    return () if seconds is None else (("Retry-After", str(seconds)),)
