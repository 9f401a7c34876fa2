"""A web site on this machine, that answers as a test tells it to."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import attrs
from aiohttp import web

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@attrs.frozen
class WebSite:
    """`asked` counts by path and query; what it has no answer for is not found."""

    port: int
    answers: dict[str, Answer]
    asked: Counter[str]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def says(self, path: str, body: str, *, status: int = 200, **headers: str) -> None:
        """Names of headers are written with underscores."""

        async def answer(_: web.BaseRequest) -> web.Response:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            sent.setdefault("content-type", "text/html; charset=utf-8")
            return web.Response(body=body.encode(), status=status, headers=sent)

        self.answers[path] = answer

    def moves(self, path: str, to: str) -> None:
        self.says(path, "", status=302, location=to)


@asynccontextmanager
async def web_site() -> AsyncIterator[WebSite]:
    answers: dict[str, Answer] = {}
    asked: Counter[str] = Counter()

    async def respond(request: web.BaseRequest) -> web.StreamResponse:
        asked[request.path_qs] += 1
        answer = answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        return await answer(request)

    server = web.Server(respond)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = int(runner.addresses[0][1])
        yield WebSite(port, answers, asked)
    finally:
        await runner.cleanup()
