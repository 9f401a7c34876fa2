"""Refusals as RFC 9457 problem details — the only place that knows their status codes."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

import attrs
import msgspec
from litestar import Response
from msgspec import Meta, Struct

from application.kernel.refusals import Busy, RateLimited, Unavailable, VersionChanged
from domain.identity.api_keys import Unauthenticated
from domain.kernel.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from entrypoints.http.context import request_id
from entrypoints.http.etags import PreconditionFailed, PreconditionRequired

MEDIA_TYPE = "application/problem+json"

# The most specific class counts.
STATUS: Mapping[type[Refusal], HTTPStatus] = {
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    VersionChanged: HTTPStatus.PRECONDITION_FAILED,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Fault(Struct, frozen=True, kw_only=True):
    """One thing that is wrong, and where (RFC 6901 pointer, or the name of a parameter)."""

    pointer: Annotated[str, Meta(examples=["#/check_out"])]
    detail: Annotated[str, Meta(examples=["must be a date"])]


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not carried out. Match on `code`; it never changes its meaning.

    Further members belong to the code and carry what a program needs to go on, such as
    `shortages` of `sold_out`.
    """

    type: Annotated[str, Meta(examples=["/problems/sold_out"])]
    title: Annotated[str, Meta(examples=["Sold out"])]
    status: Annotated[int, Meta(ge=400, le=599, examples=[409])]
    code: Annotated[str, Meta(examples=["sold_out"])]
    detail: str
    instance: Annotated[str, Meta(description="The id of the request, as in `X-Request-Id`.")]
    errors: tuple[Fault, ...] = ()


def status_of(refusal: type[Refusal]) -> HTTPStatus:
    return next(STATUS[kind] for kind in refusal.__mro__ if kind in STATUS)


def problem(
    *,
    status: int,
    code: str,
    detail: str,
    faults: Sequence[Fault] = (),
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    body = Problem(
        type=f"/problems/{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        code=code,
        detail=detail,
        instance=request_id(),
        errors=tuple(faults),
    )
    members = {**msgspec.to_builtins(body), **(members or {})}
    return Response(
        msgspec.json.encode(members),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=headers or {},
    )


def refused(refusal: Refusal) -> Response[bytes]:
    """The refusal's attributes are published as members of the problem."""
    members = msgspec.to_builtins(_attributes(refusal))
    headers = {}
    if "retry_after" in members:
        headers["Retry-After"] = str(members.pop("retry_after"))
    if isinstance(refusal, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, VersionChanged):
        headers["ETag"] = f'"{refusal.version}"'
    faults = []
    if isinstance(refusal, Invalid) and refusal.field:
        faults = [Fault(pointer=f"#/{refusal.field}", detail=str(refusal))]
    return problem(
        status=status_of(type(refusal)),
        code=refusal.code,
        detail=str(refusal),
        faults=faults,
        members=members,
        headers=headers,
    )


def _attributes(refusal: Refusal) -> dict[str, Any]:
    names = (field.name for field in attrs.fields(type(refusal)))
    return {name: getattr(refusal, name) for name in names}
