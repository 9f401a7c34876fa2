"""What belongs to the request that is being answered, wherever in the program that is."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def request_id() -> str:
    """The id of the request, or `-` outside of one."""
    return _request_id.get()


def begin_request(id: str) -> None:
    _request_id.set(id)
