"""What becomes of exceptions: refusals are answers, everything else is logged and told nobody."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_400_BAD_REQUEST

from application.kernel.once import Replayed
from domain.kernel.refusals import Refusal, Severity
from entrypoints.http.answers import JSON
from entrypoints.http.malformed import faults
from entrypoints.http.problems import Fault, problem, refused

logger = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]

LEVELS = {
    Severity.LOW: logging.DEBUG,
    Severity.MEDIUM: logging.INFO,
    Severity.HIGH: logging.WARNING,
    Severity.CRITICAL: logging.ERROR,
}

CODES = {
    404: ("no_such_route", "nothing is found at this address"),
    405: ("method_not_allowed", "this address does not know that method; see Allow"),
    413: ("body_too_large", "the body is larger than this server reads"),
    415: ("unsupported_media_type", "send the body as application/json"),
}


def on_refusal(_request: AnyRequest, refusal: Refusal) -> Response[bytes]:
    cause = refusal.__cause__
    logger.log(LEVELS[refusal.severity], "refused: %s", refusal.code, exc_info=cause)
    return refused(refusal)


def on_replay(_request: AnyRequest, replayed: Replayed) -> Response[bytes]:
    answer = replayed.answer
    return Response(
        answer.body,
        status_code=answer.status,
        headers={**dict(answer.headers), "Idempotency-Replayed": "true"},
        media_type=JSON,
    )


async def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    if error.status_code == HTTP_400_BAD_REQUEST:
        return await _malformed(request, error)
    code, detail = CODES.get(error.status_code, ("http_error", "the request cannot be answered"))
    return problem(
        status=error.status_code, code=code, detail=detail, headers=_allowed(error.headers)
    )


def on_bug(_request: AnyRequest, error: Exception) -> Response[bytes]:
    logger.error("unexpected error", exc_info=error)
    return problem(
        status=500,
        code="internal_error",
        detail="something went wrong on our side; nothing is lost by repeating the request "
        "with the same Idempotency-Key",
    )


async def _malformed(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    handler: Any = request.scope["route_handler"]
    field = handler.parsed_data_field
    found = faults(await request.body(), field.annotation) if field is not None else []
    return problem(
        status=HTTP_400_BAD_REQUEST,
        code="malformed_request",
        detail="the request does not have the form described in the API's description",
        faults=[*found, *_parameters(error)],
    )


def _parameters(error: HTTPException) -> list[Fault]:
    """Litestar's own findings about parameters of path, query and headers."""
    extra = error.extra if isinstance(error.extra, list) else []
    return [
        Fault(pointer=str(finding.get("key", "")), detail="is missing or not as described")
        for finding in extra
        if finding.get("source") in ("query", "path", "header")
    ]


def _allowed(headers: Any) -> dict[str, str]:
    return {name: value for name, value in (headers or {}).items() if name.lower() == "allow"}
