"""A documentation tree on loopback, from memory: `python -m benchmarks.tree_sites TREE`.

It prints its port. The server is a few lines so that it takes as little as can be from whoever
crawls on the same machine.
"""

import asyncio
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import attrs
import uvloop

SERVED = frozenset({".html", ".txt", ".css", ".js", ".png"})
ASKED = b"/requests"
"""Where it says how often it was asked since it said so last, and for how many bytes."""


@attrs.frozen
class File:
    etag: bytes
    body: bytes


@attrs.define
class Tally:
    asked: int = 0
    sent: int = 0

    def told(self) -> bytes:
        told = b"%d %d" % (self.asked, self.sent)
        self.asked = self.sent = 0
        return told


class Connection(asyncio.Protocol):
    def __init__(self, files: Mapping[bytes, File], tally: Tally) -> None:
        self.files, self.tally = files, tally
        self.read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, self.read = self.read.partition(b"\r\n\r\n")
            self.transport.write(self.answer(head))

    def answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if path == ASKED:
            return _answer(b"200 OK", File(b"", self.tally.told()))
        self.tally.asked += 1
        file = self.files.get(path)
        if file is None:
            return _answer(b"404 Not Found", File(b"", b""))
        if file.etag in head:
            return b"HTTP/1.1 304 Not Modified\r\netag: %s\r\n\r\n" % file.etag
        self.tally.sent += len(file.body)
        return _answer(b"200 OK", file)


def _answer(status: bytes, file: File) -> bytes:
    head = (
        b"HTTP/1.1 %s\r\ncontent-type: text/html; charset=utf-8\r\netag: %s\r\ncontent-length: %d"
    )
    return head % (status, file.etag, len(file.body)) + b"\r\n\r\n" + file.body


def files_of(tree: Path) -> Mapping[bytes, File]:
    files = {}
    for path in tree.rglob("*"):
        if path.is_file() and path.suffix in SERVED:
            body = path.read_bytes()
            etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:32].encode()
            files[f"/{path.relative_to(tree)}".encode()] = File(etag, body)
    return files


async def serve(tree: Path) -> None:
    files, tally = files_of(tree), Tally()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(files, tally), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
