"""Two workers at the same work, and a key that is shown while it is given another secret."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import attrs

from application.identity.issue_api_key import IssueApiKey
from application.identity.rotate_api_key import RotateApiKey
from application.kernel.jobs import Job
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.pipelines.run_import import TakeChunk
from application.pipelines.start_import import StartImport
from domain.bookings.events import BookingHeld
from domain.identity.api_keys import Mode, Unauthenticated
from domain.kernel.actors import Actor, Permission
from domain.pipelines.imports import ImportTarget
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.reading_rows import read_rows
from tests.contract.crowds import until_decided
from tests.contract.desks import Desk
from tests.interleavings.exploring import Scene
from tests.interleavings.house import House, Process

ROWS = 3
HEAD = "key,name,zone,offering.kind,offering.beds\n"
ROOMS = "SELECT count(*) FROM resources WHERE organization_id = $1 AND name = 'Twin'"
TAKEN = "SELECT taken FROM imports WHERE organization_id = $1"
NUMBERS = """
    SELECT array_agg(position ORDER BY position) FROM event_log WHERE organization_id = $1
"""
ENTRIES = "SELECT count(*) FROM queued_jobs WHERE organization_id = $1 AND name = 'heard'"


async def import_and_import(house: House) -> Scene:
    """Two workers take the same rows: each row becomes one resource."""
    desk = await house.desk()
    lines = [HEAD, *(f"twin-{number},Twin,UTC,hotel,2\n" for number in range(ROWS))]
    said = read_rows(ImportTarget.OFFERINGS, Format.CSV, lines, desk.actor.organization_id)
    begun = await desk.container.pipelines.start_import()(
        StartImport(actor=desk.actor, target=ImportTarget.OFFERINGS, rows=said.rows)
    )

    async def take(process: Process) -> object:
        return await process.container.pipelines.take_chunk()(
            TakeChunk(actor=desk.actor, import_id=begun.id, chunk=0)
        )

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        ours = desk.actor.organization_id
        there, taken = await house.value(ROOMS, ours), await house.value(TAKEN, ours)
        right = sorted(outcomes, key=repr) == [0, ROWS] and (there, taken) == (ROWS, ROWS)
        return [] if right else [f"{there} there, {taken} taken: {outcomes}"]

    return Scene(moves=(partial(take, house.first), partial(take, house.second)), judge=judge)


async def rotate_and_read(house: House) -> Scene:
    """Who shows the old secret is let in before, and not after; who shows the new one is."""
    desk = await house.desk()
    issued = await desk.container.identity.issue_api_key()(
        IssueApiKey(
            actor=desk.actor,
            name="till",
            mode=Mode.TEST,
            scopes=frozenset({Permission.READ_BOOKINGS}),
        )
    )

    async def show(process: Process, secret: str) -> object:
        try:
            return await process.container.identity.authenticate()(secret)
        except Unauthenticated as refusal:
            return refusal

    async def rotate() -> object:
        return await house.first.container.identity.rotate_api_key()(
            RotateApiKey(
                actor=desk.actor,
                api_key_id=issued.api_key.id,
                overlap=timedelta(),
                version=None,
            )
        )

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        rotated, shown = outcomes
        new = getattr(rotated, "secret", "")
        wrong = [] if isinstance(shown, Actor | Unauthenticated) else [f"shown: {shown!r}"]
        if not isinstance(await show(house.second, new), Actor):
            wrong.append("the new secret lets nobody in")
        if isinstance(await show(house.second, issued.secret), Actor):
            wrong.append("the old secret still lets somebody in")
        return wrong

    return Scene(moves=(rotate, lambda: show(house.second, issued.secret)), judge=judge)


@attrs.frozen
class Listener(Subscriber):
    """Has a job done for every booking that is held."""

    name: str = "listener"
    hears: frozenset[str] = frozenset({BookingHeld.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        work.jobs.enqueue(Job(name="heard", payload={"position": event.position}))


async def relay(process: Process, desk: Desk) -> None:
    """As the worker does, which comes again when somebody else was faster."""
    events, ours = process.container.event_relay(), desk.actor.organization_id
    await until_decided(lambda: events.number(ours, limit=100))
    await until_decided(lambda: events.deliver(Listener(), ours, limit=100))


async def claim_and_claim(house: House) -> Scene:
    """Two relays: positions without gaps, and what follows from an event follows once."""
    desk = await house.desk()
    await relay(house.setting, desk)  # from now on there is something to lock
    await desk.hold(1)

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        await relay(house.setting, desk)
        ours = desk.actor.organization_id
        numbers, heard = await house.value(NUMBERS, ours), await house.value(ENTRIES, ours)
        wrong = [repr(each) for each in outcomes if each is not None]
        if numbers != [*range(1, len(numbers) + 1)]:
            wrong.append(f"positions {numbers}")
        if heard != 1:
            wrong.append(f"heard {heard} times")
        return wrong

    return Scene(
        moves=(partial(relay, house.first, desk), partial(relay, house.second, desk)), judge=judge
    )
