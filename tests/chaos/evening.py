"""What is found when a day of calls is over."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import attrs

from adapters.readers.verification import OwnersVerification
from adapters.telephony_simulator.exchange import SimulatedCall
from adapters.telephony_simulator.telephony import PROVIDER
from application.calls.reconcile_calls import ReconcileCalls
from tests.chaos import checks, day_checks
from tests.chaos.call_house import CallHouse
from tests.chaos.customers import Follower, Line

SILENT_WITHIN = 600.0  # seconds
AT_ALL = "SELECT id, count(*) FROM news WHERE tries > 0 GROUP BY id"
FOR_GOOD = "SELECT id, count(*) FROM news WHERE deliver_at IS NULL GROUP BY id"
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)

ById = Mapping[str, Mapping[str, Any]]


@attrs.define(kw_only=True)
class Evening:
    """`wrong` has what each checker found, by its name."""

    container: Any
    house: CallHouse
    follower: Follower
    simulation: Path
    wrong: dict[str, list[str]] = attrs.field(factory=dict)
    falls: Sequence[int] = ()
    exits: Sequence[int | None] = ()
    seconds: float = 0.0
    silent_after: float = 0.0
    ends: Mapping[Any, int] = attrs.field(factory=dict)

    @property
    def line(self) -> Line:
        return self.follower.line

    async def falls_silent(self, *, by_itself: bool) -> None:
        """Nothing is left to do and nobody is on the line; or else what is in the way is wrong.

        What workers do once a minute is done for them, unless they have the time.
        """
        begun = monotonic()
        while True:
            if not by_itself:
                await self.container.telephony.reconcile_calls()(
                    ReconcileCalls(actor=self.house.actor)
                )
            found = await self._in_the_way()
            self.silent_after = monotonic() - begun
            if not found or self.silent_after > SILENT_WITHIN:
                self.wrong["not silent"] = found
                return
            await anyio.sleep(1)

    async def _in_the_way(self) -> list[str]:
        found = day_checks.not_over(await self._all("/v1/calls"))
        open = await self.line.all("/v1/escalations", show="open")
        found += [f"{one['id']} is {one['state']}" for one in open]
        if found:
            return found
        verify = OwnersVerification(
            owned=self.container.owned_database(),
            clock=self.container.clock(),
            patience=timedelta(0),
        )
        return [str(finding) for finding in await verify()]

    async def look(self) -> None:
        sent_before, simulated = self._sent(), await self._simulated()
        calls = await self._all("/v1/calls")
        escalations = await self._all("/v1/escalations")
        stories = await self._stories(calls)
        journal, events = self.line.journal, self.follower.seen
        self.ends = Counter((call["direction"], call["status"]) for call in calls.values())
        heard = Counter(
            str(story.call["provider_call"])
            for story in stories
            for one in story.news
            if one["provider"] == PROVIDER and one["sequence"] is not None
        )
        self.wrong |= {
            "ended otherwise": day_checks.ended_otherwise(calls, simulated),
            "rung twice": day_checks.rung_twice(calls, simulated, journal),
            "ended twice": day_checks.ended_twice(calls, events),
            "held twice": day_checks.held_twice(events),
            "lost escalations": day_checks.lost_escalations(journal, escalations, events),
            "skipped": checks.skipped(events, events),
            "incomplete": [fault for one in stories for fault in day_checks.incomplete(one)],
            "unheard": day_checks.unheard(
                attrs.evolve(sent_before, at_all=self._sent().at_all), heard
            ),
        }

    async def _stories(self, calls: ById) -> Sequence[day_checks.Story]:
        await self._catch_up()
        before = self._by_call()
        read: list[tuple[Any, Any, Any]] = []
        for id, call in calls.items():
            news = await self.line.all(f"/v1/calls/{id}/news")
            read.append((call, news, await self.line.all(f"/v1/calls/{id}/timeline")))
        await self._catch_up()
        after = self._by_call()
        return [
            day_checks.Story(
                call=call,
                news=news,
                before=before[call["id"]],
                timeline=timeline,
                after=after[call["id"]],
            )
            for call, news, timeline in read
        ]

    async def _catch_up(self) -> None:
        while await self.follower.catch_up():
            """Until there is nothing new."""

    def _by_call(self) -> Mapping[str, list[Mapping[str, Any]]]:
        of_call = defaultdict[str, list[Mapping[str, Any]]](list)
        for event in self.follower.seen:
            of_call[str(event["data"].get("call_id"))].append(event)
        return of_call

    def _sent(self) -> day_checks.Sent:
        with closing(sqlite3.connect(self.simulation)) as connection:
            at_all, for_good = (
                dict(connection.execute(counted).fetchall()) for counted in (AT_ALL, FOR_GOOD)
            )
        return day_checks.Sent(at_all=at_all, for_good=for_good)

    async def _simulated(self) -> Sequence[SimulatedCall]:
        exchange = self.container.telephony.lines.exchange()
        account = str(self.house.actor.organization_id)
        found: Sequence[SimulatedCall] = await exchange.since(account, LONG_AGO)
        return found

    async def _all(self, path: str) -> ById:
        return {str(one["id"]): one for one in await self.line.all(path)}

    def report(self) -> str:
        journal, events = self.line.journal, self.follower.seen
        names = Counter(event["name"] for event in events)
        refused = Counter(w.told.body["code"] for w in journal.writes if w.told and not w.is_done)
        lines = [
            f"{self.seconds:.0f} s of ringing, silent {self.silent_after:.0f} s later",
            f"{len(journal.done())} writes acknowledged, refused {dict(refused)}",
            f"{len(events)} events {dict(names.most_common())}",
            f"ends {dict(self.ends)}",
            *(f"{name}: {len(wrong)} {wrong[:5] or ''}" for name, wrong in self.wrong.items()),
        ]
        return "\n".join(lines)
