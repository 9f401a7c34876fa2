"""Answers: a body, its tag and where it is found."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response

from application.kernel.once import Answer
from entrypoints.http.etags import already_known, etag

Decision = TypeVar("Decision")
AnyRequest = Request[Any, Any, Any]

JSON = "application/json"
NOT_MODIFIED = 304

encode = msgspec.json.Encoder().encode


def answer(
    body: Any, *, status: int = 200, version: int | None = None, location: str | None = None
) -> Answer:
    headers = []
    if version is not None:
        headers.append(("ETag", etag(version)))
    if location is not None:
        headers.append(("Location", location))
    return Answer(status=status, headers=tuple(headers), body=encode(body))


def respond(answer: Answer) -> Response[bytes]:
    """Sends the bytes as they are."""
    return Response(
        answer.body, status_code=answer.status, headers=dict(answer.headers), media_type=JSON
    )


def tagged(request: AnyRequest, body: Any, *, version: int) -> Response[bytes]:
    """The body with its tag, or 304 without the body for a client that has this version."""
    if already_known(request, version):
        return Response(b"", status_code=NOT_MODIFIED, headers={"ETag": etag(version)})
    return respond(answer(body, version=version))


def worded(
    words: Callable[[Decision], Any],
    *,
    status: int = 200,
    version: Callable[[Decision], int] | None = None,
    location: Callable[[Decision], str] | None = None,
) -> Callable[[Decision], Answer]:
    """How a kind of decision is put into words."""

    def say(decision: Decision) -> Answer:
        return answer(
            words(decision),
            status=status,
            version=version and version(decision),
            location=location and location(decision),
        )

    return say
