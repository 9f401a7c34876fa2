"""What becomes of exceptions: refusals are answers, everything else is logged and told nobody."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.status_codes import (
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)

from application.kernel.once import Replayed
from application.kernel.redaction import outline
from domain.kernel.refusals import Category, Refusal, Severity
from entrypoints.http.answers import JSON
from entrypoints.http.operations import Operation
from entrypoints.http.problems import MEDIA_TYPE, refused
from entrypoints.http.refusals import BodyTooLarge, InternalError, MethodNotAllowed, NoSuchRoute

logger = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]

DATABASES = {"sqlalchemy", "sqlite3", "asyncpg"}

LEVELS = {
    Severity.LOW: logging.DEBUG,
    Severity.MEDIUM: logging.INFO,
    Severity.HIGH: logging.WARNING,
    Severity.CRITICAL: logging.ERROR,
}


def on_refusal(request: AnyRequest, refusal: Refusal) -> Response[bytes]:
    note(refusal)
    return _problem(refusal, in_body=_has_body(request))


def note(refusal: Refusal) -> None:
    logger.log(
        LEVELS[refusal.severity],
        "refused: %s",
        refusal.code,
        exc_info=refusal.__cause__,
        extra={
            "code": refusal.code,
            "category": refusal.category.value,
            "severity": refusal.severity.value,
        },
    )


def on_replay(_request: AnyRequest, replayed: Replayed) -> Response[bytes]:
    answer = replayed.answer
    return Response(
        answer.body,
        status_code=answer.status,
        headers={**dict(answer.headers), "Idempotency-Replayed": "true"},
        media_type=JSON,
    )


def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    match error.status_code:
        case status if status == HTTP_404_NOT_FOUND:
            return _problem(NoSuchRoute())
        case status if status == HTTP_405_METHOD_NOT_ALLOWED:
            return _problem(MethodNotAllowed(allowed((error.headers or {}).get("allow", ""))))
        case status if status == HTTP_413_REQUEST_ENTITY_TOO_LARGE:
            return _problem(BodyTooLarge())
    return on_bug(request, error)  # Litestar has no other reason left to refuse anything


def on_bug(request: AnyRequest, error: Exception) -> Response[bytes]:
    said = {
        "path": {name: str(value) for name, value in request.path_params.items()},
        "query": dict(request.query_params.items()),
        "body": request.state.get("said"),
    }
    forsaken(
        error,
        method=request.method,
        route=request.scope.get("path_template"),
        parameters=outline(said),
    )
    return _problem(InternalError())


def forsaken(error: Exception, **circumstances: Any) -> None:
    """Nobody foresaw this: told once, with all that is needed to find out why."""
    foreign = type(error).__module__.partition(".")[0]
    category = Category.DATABASE if foreign in DATABASES else Category.SYSTEM
    logger.error(
        "unexpected error",
        exc_info=error,
        extra={
            **circumstances,
            "category": category.value,
            "severity": Severity.CRITICAL.value,
        },
    )


def allowed(methods: str) -> tuple[str, ...]:
    """Whoever may GET may ask for the headers alone."""
    known = {method.strip() for method in methods.split(",") if method.strip()}
    return tuple(sorted(known | ({"HEAD"} if "GET" in known else set())))


def _problem(refusal: Refusal, *, in_body: bool = True) -> Response[bytes]:
    answer = refused(refusal, in_body=in_body)
    return Response(
        answer.body,
        status_code=answer.status,
        headers=dict(answer.headers),
        media_type=MEDIA_TYPE,
    )


def _has_body(request: AnyRequest) -> bool:
    handler: Any = request.scope.get("route_handler")
    operation = getattr(handler, "opt", {}).get("operation")
    return isinstance(operation, Operation) and operation.body is not None
