"""What belongs to the request that is being answered, wherever in the program that is."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_client: ContextVar[str] = ContextVar("client", default="")


def request_id() -> str:
    """The id of the request, or `-` outside of one."""
    return _request_id.get()


def client_address() -> str:
    """Where the request came from, as far as anybody trusted says; may be empty."""
    return _client.get()


def begin_request(id: str, *, client: str) -> None:
    _request_id.set(id)
    _client.set(client)
