"""Where a request ends, asked of the server itself and not of the program behind it."""

import re
import socket
from collections.abc import Iterator

import pytest

from tests.cli.terminal import Terminal

HEAD = b"POST /v1/sessions HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n"
BEHIND = b"GET /livez HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    terminal = Terminal({"FRONTDESK_DATA_DIR": str(folder), "FRONTDESK_HTTP_PORT": str(number)})
    terminal.run("migrate")
    until = "the worker is at work"
    with terminal.started("serve", "--worker", until=until, output=folder / "log"):
        yield number


def answered(port: int, request: bytes) -> bytes:
    """Everything until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


AMBIGUOUS = {
    "length before chunks": b"Content-Length: 4\r\n" + CHUNKED + END,
    "chunks before length": CHUNKED + b"Content-Length: 4\r\n" + END,
    "two lengths": b"Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n" + END,
    "chunks not last": b"Transfer-Encoding: chunked, identity\r\n" + END,
    "blank before the colon": b"Content-Length : 2\r\n\r\n{}",
    "length with a sign": b"Content-Length: +2\r\n\r\n{}",
}


@pytest.mark.parametrize("ambiguous", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_no_request_is_smuggled_behind_another(port: int, ambiguous: bytes) -> None:
    told = answered(port, HEAD + ambiguous + BEHIND)

    assert told.startswith(b"HTTP/1.1 400 ")
    assert told.count(b"HTTP/1.1 ") == 1, "what stood behind was answered as well"


def test_requests_may_follow_each_other(port: int) -> None:
    told = answered(port, HEAD + b"Content-Length: 2\r\n\r\n{}" + BEHIND)

    assert re.findall(rb"HTTP/1\.1 (\d+)", told) == [b"400", b"200"]


def test_no_version_of_the_server_is_told(port: int) -> None:
    told = answered(port, BEHIND)

    assert b"\r\nserver: granian\r\n" in told
    assert b"x-powered-by" not in told.lower()
