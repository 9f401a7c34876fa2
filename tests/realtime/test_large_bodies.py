"""Whoever sends too much is told so, over real sockets, when all of it is sent."""

import asyncio
import json

import pytest

from tests.contract.desks import Desk
from tests.realtime.places import Served

pytestmark = pytest.mark.anyio

PIECE = b" " * 100_000
PATIENCE = 10.0


async def sends(served: Served, path: str, *headers: str, body: list[bytes]) -> tuple[int, str]:
    """Everything first, as many clients do; then it reads."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    lines = [f"POST {path} HTTP/1.1", f"Host: {served.address}", *headers]
    if not any("json" in header for header in headers):
        lines.append("Content-Type: application/json")
    async with asyncio.timeout(PATIENCE):
        writer.write("\r\n".join([*lines, "", ""]).encode())
        for piece in body:
            writer.write(piece)
            await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1])
            for line in head.lower().splitlines()
            if line.startswith("content-length")
        )
        answer = json.loads(await reader.readexactly(length))
    writer.close()
    return int(head.split()[1]), answer["code"]


async def test_an_announced_body_that_is_too_large(served: Served, desk: Desk, key: str) -> None:  # noqa: ARG001
    asked = (f"Authorization: Bearer {key}", "Idempotency-Key: large", "Content-Length: 5000000")

    assert await sends(served, "/v1/holds", *asked, body=[PIECE] * 50) == (413, "body_too_large")


async def test_a_streamed_body_that_is_too_large(served: Served, desk: Desk, key: str) -> None:  # noqa: ARG001
    asked = (f"Authorization: Bearer {key}", "Idempotency-Key: l", "Transfer-Encoding: chunked")
    chunk = f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n"

    told = await sends(served, "/v1/holds", *asked, body=[chunk] * 50 + [b"0\r\n\r\n"])

    assert told == (413, "body_too_large")


async def test_what_nobody_reads_is_heard_out_too(served: Served, desk: Desk) -> None:  # noqa: ARG001
    large = ("Content-Length: 5000000",)

    assert await sends(served, "/v1/holds", *large, body=[PIECE] * 50) == (401, "unauthenticated")
    assert await sends(served, "/v1/nowhere", *large, body=[PIECE] * 50) == (404, "no_such_route")


async def test_who_waits_to_be_told_to_go_on_sends_nothing(served: Served, desk: Desk) -> None:  # noqa: ARG001
    asked = ("Content-Length: 5000000", "Expect: 100-continue")

    assert await sends(served, "/v1/holds", *asked, body=[]) == (401, "unauthenticated")
