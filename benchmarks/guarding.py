"""What it costs each request to be authenticated, counted, logged, measured and traced.

The same route with none of it, and with one thing more at a time, round by round in turn, in this
process and without a socket.
"""

import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from math import inf
from typing import Any

import attrs
from dependency_injector import providers
from opentelemetry.sdk.trace import SpanProcessor

from adapters.telemetry.tracing import open_tracing
from benchmarks.in_process import asked
from benchmarks.measuring import Contest, Effort, Figures, hammer
from benchmarks.stages import Stage, closed, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.tables import heading, table
from domain.identity.request_limits import USUAL, RequestLimits
from domain.kernel.actors import Actor
from entrypoints.http.app import create_app, create_routes
from entrypoints.wiring.container import Container
from entrypoints.wiring.logs import configure_logs
from tests.servers import postgres_server

TASKS = 1  # by turns, several of them hide what each takes
ROUNDS = 5  # of which each is shorter
# As many as anybody likes: what is measured is the counting.
UNHURRIED = RequestLimits().changed(dict.fromkeys(USUAL, (900_000_000, 60)))


@attrs.frozen
class Anybody:
    """Takes everybody for the same one."""

    actor: Actor

    async def __call__(self, _secret: str, /) -> Actor:
        return self.actor


class Uncounted:
    async def of_actor(self, *_arguments: Any, **_named: Any) -> None: ...

    async def of_address(self, *_arguments: Any, **_named: Any) -> None: ...


def with_all(url: str) -> Any:
    container: Any = Container(
        settings=attrs.evolve(settings_for(url), request_limits=UNHURRIED, log_format="json")
    )
    tracing = open_tracing(SpanProcessor())
    container.telemetry.tracing.override(providers.Object(tracing))
    return container


def with_figures(url: str) -> Any:
    """Which nobody reads meanwhile: the page is for a port that is not opened here."""
    settings = attrs.evolve(settings_for(url), request_limits=UNHURRIED, log_format="json")
    return Container(settings=attrs.evolve(settings, metrics_port=1))


def untraced(url: str) -> Any:
    return Container(
        settings=attrs.evolve(settings_for(url), request_limits=UNHURRIED, log_format="json")
    )


def uncounted(url: str) -> Any:
    container: Any = untraced(url)
    container.identity.count_requests.override(providers.Object(Uncounted()))
    return container


def unguarded(url: str, actor: Actor) -> Any:
    container: Any = uncounted(url)
    container.identity.authenticate.override(providers.Object(Anybody(actor)))
    return container


@attrs.frozen
class Program:
    app: Any
    container: Any


async def programs(url: str, on: Stage, stack: AsyncExitStack) -> dict[str, Program]:
    """Each has what the one before has, and one thing more."""
    containers = {
        "none of it": (unguarded(url, on.actor), create_routes),
        "authentication": (uncounted(url), create_routes),
        "and rate limits": (untraced(url), create_routes),
        "and ids, headers, the log": (untraced(url), create_app),
        "and figures": (with_figures(url), create_app),
        "and traces, without figures": (with_all(url), create_app),
    }
    for container, _ in containers.values():
        stack.push_async_callback(closed, container)
    return {
        name: Program(create(container), container)
        for name, (container, create) in containers.items()
    }


async def measure(name: str, url: str, effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        on = await stack.enter_async_context(stage(url))
        key = await on.key()
        resource = await on.add_nights(1)
        path = f"/v1/resources/{resource.id}"

        async def ask(app: Any, _number: int) -> None:
            status = await asked(app, path, key)
            if status != 200:
                raise RuntimeError(f"answered {status}")

        def rival(app: Any) -> Callable[[], Awaitable[Figures]]:
            return partial(hammer, partial(ask, app), tasks=TASKS, seconds=effort.seconds / ROUNDS)

        ready = await programs(url, on, stack)
        apps = {name: program.app for name, program in ready.items()}
        for app in apps.values():
            await ask(app, 0)
        found = await least({subject: rival(app) for subject, app in apps.items()}, effort)
    report(name, found)


async def least(rivals: Contest, effort: Effort) -> dict[str, float]:
    """The processor's time, of the best of many short rounds: what others do adds to it only."""
    best: dict[str, float] = {}
    for _ in range(effort.rounds * ROUNDS):
        for name, measured in rivals.items():
            best[name] = min(best.get(name, inf), (await measured()).cpu)
    return best


def report(name: str, found: dict[str, float]) -> None:
    heading(f"One resource, read by its id: {name}")
    none = next(iter(found.values()))
    table(
        ["", "cpu µs", "more", "times"],
        [[subject, cpu, cpu - none, cpu / none] for subject, cpu in found.items()],
    )


async def run(effort: Effort) -> None:
    await on_both(measure, effort)


async def on_both(measure: Callable[[str, str, Effort], Awaitable[None]], effort: Effort) -> None:
    """On SQLite, then on PostgreSQL, each empty, with a log that is written to nowhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: ASYNC230, PTH123  (a sink)
        with fresh_folder() as folder:
            url = f"sqlite:///{folder}/measured.db"
            configure_logs(settings_for(url), nowhere)
            await measure("SQLite", url, effort)
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(
                fresh_postgres(stack.enter_context(postgres_server(durable=True)))
            )
            await measure("PostgreSQL", url, effort)
        logging.basicConfig(level=logging.WARNING, force=True)
