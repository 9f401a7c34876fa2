"""The Call-Id header: the call in which something is done."""

from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection

from domain.calls.refusals import CallNotFound, CallOver
from domain.kernel.identifiers import CallId
from entrypoints.http.operations import Header, Operation
from entrypoints.http.refusals import Fault, MalformedRequest

CALL_ID = Header(
    name="Call-Id",
    description="The call in which this is done, while it is up: it stands in the call's timeline "
    "from then on. Takes `calls:write`, or `calls:own` for one's own calls.",
    schema={"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36},
    refuses=(CallNotFound, CallOver),
)


def call_of(connection: ASGIConnection[Any, Any, Any, Any], operation: Operation) -> CallId | None:
    """Of what is not done in calls, None. Raises MalformedRequest."""
    named = connection.headers.get(CALL_ID.name)
    if named is None or CALL_ID not in operation.sends:
        return None
    try:
        return CallId(UUID(named))
    except ValueError:
        wrong = Fault(detail="must be the identifier of a call", parameter=CALL_ID.name)
        raise MalformedRequest((wrong,)) from None
