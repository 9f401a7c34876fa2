"""What is found when the killing is over."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import chain
from time import monotonic

import anyio
import attrs
from anyio import to_thread

from adapters.readers.verification import OwnersVerification
from tests.chaos import checks, money
from tests.chaos.customers import Follower, Line
from tests.chaos.hotel import Hotel, program_at
from tests.chaos.journal import Journal, Write
from tests.chaos.letters import MailFolder
from tests.chaos.programs import Site

DRAINED_WITHIN = 60.0
AT_ONCE = 8

Wrong = dict[str, list[str]]


@attrs.define
class Aftermath:
    """`wrong` has what each checker found, by its name; `falls` are exits that nobody caused."""

    site: Site
    hotel: Hotel
    line: Line
    follower: Follower
    mail: MailFolder
    wrong: Wrong = attrs.field(factory=dict)
    falls: Mapping[str, Sequence[int]] = attrs.field(factory=dict)
    exits: Mapping[str, int | None] = attrs.field(factory=dict)
    seconds: float = 0.0
    drained_after: float = 0.0
    events: int = 0

    @property
    def journal(self) -> Journal:
        return self.line.journal

    async def look(self) -> None:
        """At what was promised at once, then, if that is right, at what takes some time."""
        self._note("vacuous", checks.vacuous(self.journal.kills))
        self._look_at(await self.line.bookings())
        if any(self.wrong.values()):
            return
        self._note("not drained", await self._drain())
        self._note("changed answers", await self._ask_all_again())
        await self._look_at_events()
        bookings = await self.line.bookings()
        self._look_at(bookings)
        self._note("misinformed", checks.misinformed(bookings, self.mail.letters()))
        self.wrong |= await self._audit(bookings)
        code, said = await to_thread.run_sync(self.site.run, "verify")
        self._note("verify", [said] if code else [])

    def _look_at(self, bookings: checks.Bookings) -> None:
        self._note("lost", checks.lost(self.journal, bookings))
        self._note("unexplained", checks.unexplained(self.journal, bookings))
        self._note("oversold", checks.oversold(self.journal, self.hotel))

    async def _look_at_events(self) -> None:
        while await self.follower.catch_up():
            """Until there is nothing new."""
        again = Follower(self.line)
        while await again.catch_up():
            """From the beginning."""
        self.events = len(again.seen)
        self._note("skipped", checks.skipped(self.follower.seen, again.seen))
        self._note("repeated effects", checks.repeated_effects(self.journal, again.seen))

    async def _drain(self) -> list[str]:
        """Until the worker has done by itself all there is to do; what is left if it has not."""
        begun = monotonic()
        container = program_at(self.site)
        verify = OwnersVerification(
            owned=container.owned_database(), clock=container.clock(), patience=timedelta(0)
        )
        try:
            while True:
                found = [str(finding) for finding in await verify()]
                if not found:
                    bookings = await self.line.bookings()
                    found = checks.misinformed(bookings, self.mail.letters())
                    found += chain.from_iterable((await self._audit(bookings)).values())
                self.drained_after = monotonic() - begun
                if not found or self.drained_after > DRAINED_WITHIN:
                    return found
                await anyio.sleep(0.2)
        finally:
            await container.database().close()

    async def _audit(self, bookings: checks.Bookings) -> Wrong:
        if not self.journal.paid:
            return {}
        return await money.audit(self.site, self.line, bookings, self.mail)

    async def _ask_all_again(self) -> list[str]:
        wrong: list[str] = []

        async def ask(writes: Sequence[Write]) -> None:
            wrong.extend(await checks.changed_answers(self.line, writes))

        done = self.journal.done()
        async with anyio.create_task_group() as asking:
            for number in range(AT_ONCE):
                asking.start_soon(ask, done[number::AT_ONCE])
        return wrong

    def _note(self, checker: str, wrong: list[str]) -> None:
        self.wrong[checker] = wrong
