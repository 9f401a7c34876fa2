"""A tree of documentation on loopback, with whatever goes wrong between two machines."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random

import attrs
from aiohttp import web

FAULTY = 0.05
SLOW = 0.2  # seconds
HUGE, CHUNK = 30, b"x" * 1_000_000
ROBOTS = "User-agent: *\nDisallow: /private/\n"
SAID: Mapping[str, tuple[int, Mapping[str, str], str]] = {
    "/robots.txt": (200, {}, ROBOTS),
    "/broken.html": (500, {}, ""),
    "/round.html": (302, {"location": "/around.html"}, ""),
    "/around.html": (302, {"location": "/round.html"}, ""),
}
FAULTS = ("broken.html", "round.html", "huge.html", "private/page.html")


@attrs.frozen
class Answered:
    path: str
    status: int


@attrs.define(eq=False, kw_only=True)
class FaultyTree:
    """`/` leads to its pages and to all that is wrong; `answered` is what was, in its order."""

    tree: Path
    chance: Random
    port: int = 0
    answered: list[Answered] = attrs.field(factory=list)
    failed: set[str] = attrs.field(factory=set)
    files: Mapping[str, Path] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.files = {
            f"/{path.relative_to(self.tree)}": path for path in sorted(self.tree.rglob("*.html"))
        }

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def start(self) -> str:
        return f"http://{self.host}/"

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """Of every page there is, by its path."""
        hashes = {path: sha256(file.read_bytes()).hexdigest() for path, file in self.files.items()}
        return {**hashes, "/": sha256(self._first().encode()).hexdigest()}

    def fetched(self, since: int = 0) -> Counter[str]:
        """How often each page was sent whole."""
        some = self.answered[since:]
        return Counter(
            each.path for each in some if each.status == 200 and each.path in self.hashes
        )

    async def respond(self, request: web.BaseRequest) -> web.StreamResponse:
        response = await self._answer(request)
        self.answered.append(Answered(request.path, response.status))
        return response

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path == "/":
            return _page(request, self._first().encode())
        if path == "/huge.html":
            return await _huge(request)
        if path in self.files:
            return await self._file(request, path)
        status, headers, text = SAID.get(path, (404, {}, ""))
        return web.Response(status=status, headers=headers, text=text)

    async def _file(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if path not in self.failed and self.chance.random() < FAULTY:
            if self.chance.random() < 1 / 2:
                self.failed.add(path)
                return web.Response(status=503)
            await asyncio.sleep(SLOW)
        return _page(request, await asyncio.to_thread(self.files[path].read_bytes))

    def _first(self) -> str:
        names = [*FAULTS, *(path[1:] for path in self.files)]
        return "".join(f'<p><a href="/{name}">{name}</a></p>' for name in names)


def _page(request: web.BaseRequest, body: bytes) -> web.Response:
    etag = f'"{sha256(body).hexdigest()}"'
    if request.headers.get("if-none-match") == etag:
        return web.Response(status=304)
    return web.Response(body=body, headers={"etag": etag}, content_type="text/html")


async def _huge(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "text/html"})
    await response.prepare(request)
    try:
        for _ in range(HUGE):
            await response.write(CHUNK)
        await response.write_eof()
    except ConnectionError:
        response.force_close()
    return response


@asynccontextmanager
async def faulty(tree: Path, seed: int) -> AsyncIterator[FaultyTree]:
    site = FaultyTree(tree=tree, chance=Random(f"{seed} documentation"))
    runner = web.ServerRunner(web.Server(site.respond), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.port = int(runner.addresses[0][1])
        yield site
    finally:
        await runner.cleanup()
