"""As little as a webhook can do: check the signature, insert a row, commit, answer.

`python -m benchmarks.peers.bare_webhooks` serves it, as the program itself is served.
"""

import hashlib
import hmac
import json
import os
import sqlite3
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

TABLE = "CREATE TABLE IF NOT EXISTS bare_events (id varchar(255) PRIMARY KEY, body text NOT NULL)"
INSERT = "INSERT INTO bare_events VALUES ($1, $2) ON CONFLICT DO NOTHING"
SECRET = os.environ.get("PEER_SECRET", "").encode()


class IntoPostgres:
    def __init__(self, url: str) -> None:
        self.url = url.replace("+asyncpg", "", 1)

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(self.url, min_size=8, max_size=8)
        await self.pool.execute(TABLE)

    async def insert(self, id: str, body: str) -> None:
        await self.pool.execute(INSERT, id, body)


class IntoSqlite:
    def __init__(self, url: str) -> None:
        self.path = url.removeprefix("sqlite:///")

    async def open(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute(TABLE)

    async def insert(self, id: str, body: str) -> None:
        self.connection.execute(INSERT.replace("$", "?"), (id, body))


def is_signed(header: str, body: bytes) -> bool:
    parts = dict(part.split("=", 1) for part in header.split(","))
    expected = hmac.new(SECRET, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"])


def application(into: Any) -> Any:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        signed = is_signed(dict(scope["headers"])[b"stripe-signature"].decode(), body)
        if signed:
            await into.insert(json.loads(body)["id"], body.decode())
        status = 200 if signed else 400
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})

    return answer


async def serve() -> None:
    url = os.environ["PEER_DATABASE_URL"]
    into = IntoSqlite(url) if url.startswith("sqlite") else IntoPostgres(url)
    await into.open()
    port = int(os.environ["PEER_PORT"])
    await Server(
        application(into), address="127.0.0.1", port=port, interface=Interfaces.ASGINL
    ).serve()


if __name__ == "__main__":
    uvloop.run(serve())
