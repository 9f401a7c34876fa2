"""`frontdesk serve`: the HTTP API, in one process or several."""

import argparse
import asyncio
import socket
from collections.abc import Callable
from typing import Any

import attrs
import uvloop
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings, HTTP2Settings
from granian.server.embed import Server

from entrypoints.http.app import create_app
from entrypoints.realtime.app import WithSockets
from entrypoints.wiring.container import Container
from entrypoints.wiring.environment import environment
from entrypoints.wiring.figures import adding_up, measuring
from entrypoints.wiring.lasting import loading
from entrypoints.wiring.logs import configure_logs
from entrypoints.wiring.settings import Settings
from entrypoints.worker.signals import stopping_on_signals

BACKLOG = 1024
CONNECTIONS = 20_000  # sockets stay; the usual limit is meant for requests that pass
LARGEST_HEAD = 65_536  # bytes; past the largest that is answered with a problem
TRIES, BETWEEN_TRIES = 200, 0.02  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--worker", action="store_true", help="run the worker in the same process as well"
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    require_free_port(settings)
    if arguments.worker or settings.http_processes == 1:
        uvloop.run(serve(Container(settings=settings), with_worker=arguments.worker))
    else:
        _serve_in_processes(settings)
    return 0


def require_free_port(settings: Settings) -> None:
    """Ends the program with a line about it if somebody else serves there."""
    host, port = settings.http_host, settings.http_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise SystemExit(f"frontdesk: cannot serve on {host}:{port}: {error.strerror}") from error


async def serve(
    container: Container, *, with_worker: bool, announce: Callable[[], None] | None = None
) -> None:
    """Serves until SIGINT or SIGTERM; what has been begun is finished.

    `announce` is called when connections are accepted.
    """
    settings = container.settings()
    stopping = stopping_on_signals(grace=settings.worker_grace_seconds)
    await container.database().check()
    with measuring(container):
        await _serve(container, stopping, with_worker=with_worker, announce=announce)


async def _serve(
    container: Container,
    stopping: asyncio.Event,
    *,
    with_worker: bool,
    announce: Callable[[], None] | None,
) -> None:
    settings = container.settings()
    with loading():
        application = WithSockets.of(container, create_app(container))
    server = Server(
        application,
        address=settings.http_host,
        port=settings.http_port,
        interface=Interfaces.ASGI,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        **_patience(settings),
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    await _listening(settings)
    if announce is not None:
        announce()
    if with_worker:
        # When requests are answered already; whoever serves alone never needs it.
        from entrypoints.worker.main import Worker  # noqa: PLC0415

        await Worker.of(container).run_until(stopping)
    else:
        await stopping.wait()
    await application.close()  # the server waits for sockets that are open
    server.stop()  # type: ignore[no-untyped-call]
    await serving


async def _listening(settings: Settings) -> None:
    for _ in range(TRIES):
        try:
            _, connection = await asyncio.open_connection(settings.http_host, settings.http_port)
        except OSError:
            await asyncio.sleep(BETWEEN_TRIES)
        else:
            connection.close()
            return


def _serve_in_processes(settings: Settings) -> None:
    # Figures are made where it is known that processes add them up: not for a check before that.
    asyncio.run(_check(Container(settings=attrs.evolve(settings, metrics_port=0))))
    server = Granian(
        "entrypoints.cli.serve:application",
        factory=True,
        address=settings.http_host,
        port=settings.http_port,
        workers=settings.http_processes,
        interface=Interfaces.ASGI,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        **_patience(settings),
        log_enabled=False,
    )
    with adding_up(settings):
        server.serve()


def _patience(settings: Settings) -> dict[str, Any]:
    """With clients that send slowly, or much, before there is a request to speak of."""
    return {
        "http1_settings": HTTP1Settings(
            header_read_timeout=settings.http_header_seconds * 1000, max_buffer_size=LARGEST_HEAD
        ),
        "http2_settings": HTTP2Settings(max_headers_size=LARGEST_HEAD),
    }


async def _check(container: Container) -> None:
    try:
        await container.database().check()
    finally:
        await container.database().close()


def application() -> Any:
    """What each of several processes serves; it reads the settings again, in its own memory."""
    settings = Settings.from_environment(environment())
    configure_logs(settings)
    container = Container(settings=settings)
    measuring(container).__enter__()  # until the process ends
    with loading():
        return WithSockets.of(container, create_app(container))
