"""The program as it is wired, with nothing exchanged but what touches the world outside."""

import atexit
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import attrs
from dependency_injector import providers
from sqlalchemy import Engine, event

from adapters.sql.news import WatchedDatabase
from application.kernel.subscribers import Subscriber
from application.payments.gateway import PaymentGateways
from entrypoints.wiring.container import Container
from entrypoints.wiring.schedules import Times
from entrypoints.wiring.settings import Settings
from entrypoints.worker.main import Worker
from tests.contract.databases import strays
from tests.simulation.database import SimulatedDatabase, open_engine
from tests.simulation.hosts import Host
from tests.simulation.jobs import Kept, SimulatedJobs
from tests.simulation.loop import PLACE
from tests.simulation.sqlite import Connection
from tests.simulation.telephone import Exchanges

SELDOM = timedelta(days=1)
TIMES = Times(
    expire_every=timedelta(seconds=45),
    complete_every=SELDOM,
    lapse_every=timedelta(minutes=5),
    release_every=SELDOM,
    tell_denials_every=SELDOM,
    make_findable_every=SELDOM,
    read_every=SELDOM,
    run_every=SELDOM,
    ask_every=timedelta(minutes=4),
    watch_calls_every=timedelta(minutes=2),
    lapse_recordings_every=SELDOM,
    reconcile_calls_every=timedelta(minutes=4),
    chase_every=SELDOM,
    reconcile_every=SELDOM,
    forget_every=SELDOM,
    take_stock_every=SELDOM,
    take_statistics_every=SELDOM,
    check_invariants_every=SELDOM,
    send_reports_every=SELDOM,
)
POLL = 60_000
"""Milliseconds between looks at the log where no word comes; usually word does."""

HEARD = ("booking_", "payment_", "refund_")


@attrs.define(eq=False)
class Outside:
    """What is the same for all hosts of a run."""

    ids: Random
    chance: Random
    jobs: Kept
    gateways: PaymentGateways
    lines: Exchanges
    mailer: Any

    def new_id(self, now: datetime) -> UUID:
        """UUIDv7 of a moment."""
        random = self.ids.getrandbits(74)
        millisecond = int(now.timestamp() * 1000)
        high, low = random >> 62, random & (2**62 - 1)
        return UUID(int=(millisecond << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


class Slot:
    """Where a host runs: the composition root is run again for each of its lives."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.host: Any = None
        self.outside: Any = None
        folder = Path(tempfile.mkdtemp(prefix="simulation-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        settings = Settings(
            data_dir=folder,
            payments="none",
            telephony="none",
            worker_poll_milliseconds=POLL,
            refund_alone_up_to_minor=100_000_000,
            offer_hours=1,
        )
        self.container: Any = Container(
            settings=settings,
            clock=self.now,
            new_id=providers.Object(self.new_id),
            chance=self.chance,
            seconds=self.seconds,
        )
        container = self.container
        container.database.override(providers.Singleton(self._database))
        container.jobs.engine.override(providers.Singleton(self._jobs))
        container.notifications.transport.override(providers.Callable(self._mailer))
        container.payment_providers.gateways.override(providers.Callable(self._gateways))
        container.telephony.lines.accounts.override(providers.Callable(self._lines))
        container.schedules.times.override(providers.Object(TIMES))
        heard: Any = container.subscriptions.subscribers
        container.subscriptions.subscribers.override(providers.Singleton(_concerned, *heard.args))

    def boot(self, host: Host, outside: Outside) -> Any:
        self.host, self.outside = host, outside
        self.container.reset_singletons()
        self.container.database.reset()
        self.container.jobs.engine.reset()
        return self.container

    def worker(self) -> Callable[[], Awaitable[None]]:
        return Worker.of(self.container).start

    def now(self) -> datetime:
        now: datetime = self.host.clock()
        return now

    def new_id(self) -> UUID:
        id: UUID = self.outside.new_id(self.now())
        return id

    def chance(self, below: int) -> int:
        number: int = self.outside.chance.randrange(below)
        return number

    def seconds(self) -> float:
        seconds: float = self.host.loop.time()
        return seconds

    def _database(self) -> WatchedDatabase:
        committed = self.container.news().committed_here
        return WatchedDatabase(database=SimulatedDatabase(engine=engine()), committed=committed)

    def _jobs(self) -> SimulatedJobs:
        return SimulatedJobs(kept=self.outside.jobs, clock=self.now)

    def _mailer(self) -> Any:
        return self.outside.mailer

    def _gateways(self) -> Any:
        return self.outside.gateways

    def _lines(self) -> Any:
        return self.outside.lines


def _concerned(*subscribers: Subscriber) -> tuple[Subscriber, ...]:
    """Those who hear of what is done here; each of the others would only cost time."""
    return tuple(one for one in subscribers if any(n.startswith(HEARD) for n in one.hears))


@cache
def slot(name: str) -> Slot:
    """Kept from run to run: to lay out a container takes longer than to fill it."""
    return Slot(name)


@lru_cache(maxsize=1)
def engine() -> Engine:
    async def connect(*_: Any, **__: Any) -> Connection:
        """Over the line of the host that asks."""
        host: Any = PLACE.get()
        return Connection(host)

    opened = open_engine(connect)
    event.listen(opened, "before_cursor_execute", _must_say_of_whom)
    return opened


def _must_say_of_whom(_connection: Any, _cursor: Any, statement: str, *_details: Any) -> None:
    """Workers also look for those for whom there is something to do."""
    place: Any = PLACE.get()
    if not place.name.startswith("api"):
        return
    for table in _strays(statement):
        place.found("every statement says of whom", f"{table}: {statement}")


@lru_cache(maxsize=4096)
def _strays(statement: str) -> frozenset[str]:
    return frozenset(strays(statement))
