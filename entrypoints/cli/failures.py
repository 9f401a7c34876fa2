"""`frontdesk failures`: jobs and events that were given up, and to have them done after all."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from application.kernel.dead_letters import DeadLetter, DeadLetters
from application.kernel.jobs import DeadJob, FailedJobs
from application.kernel.subscribers import Subscriber
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.container import Container
from entrypoints.wiring.failures import letters_of
from entrypoints.wiring.settings import Settings

logger = logging.getLogger(__name__)

MOST = 10_000
"""Of each kind that one command looks at; the rest is there the next time."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="jobs, latest first, and events, oldest first")
    again = actions.add_parser("again", help="what was cured: jobs run, events are heard again")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("--id", action="append", type=UUID, help="of a job or an event; may recur")
    which.add_argument("--all", action="store_true", help="all of them")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 if all was done that was asked for, 1 if something was not there or failed again."""
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    try:
        await container.database().check()
        slugs = {one.id: one.slug for one in await container.identity.views().organizations()}
        jobs: FailedJobs = container.jobs.failed()
        letters = letters_of(container)
        dead = await jobs.dead(limit=MOST)
        unheard = [letter for id in slugs for letter in await letters.of(id, limit=MOST)]
        if arguments.action == "list":
            _show(dead, unheard, slugs)
            return 0
        wanted = None if arguments.all else frozenset(arguments.id)
        strangers = (
            (wanted or frozenset())
            - {job.id for job in dead}
            - {letter.event_id for letter in unheard}
        )
        for id in sorted(strangers):
            print(f"frontdesk: nothing failed that is called {id}", file=sys.stderr)
        await _retry(jobs, _chosen(dead, wanted, "id"))
        failed = await _hear(letters, _chosen(unheard, wanted, "event_id"), _by_name(container))
        return 1 if strangers or failed else 0
    finally:
        await container.database().close()


def _show(
    dead: Sequence[DeadJob],
    unheard: Sequence[DeadLetter],
    slugs: Mapping[OrganizationId, str],
) -> None:
    for job in dead:
        then = f"again at {job.again_at:%Y-%m-%dT%H:%M:%SZ}" if job.again_at else "waits for you"
        slug = slugs.get(job.organization_id, "?")
        print(f"job  {job.id}  {slug}  {job.name}  {job.failed_at:%Y-%m-%dT%H:%M:%SZ}  {then}")
        print(f"     {job.error}")
    for letter in unheard:
        slug = slugs[letter.organization_id]
        when = f"{letter.failed_at:%Y-%m-%dT%H:%M:%SZ}"
        print(f"event  {letter.event_id}  {slug}  {letter.event}  {when}  waits for you")
        print(f"     {letter.subscriber}: {letter.error}")
    print(f"{len(dead)} jobs and {len(unheard)} events")


def _chosen(found: Sequence[Any], wanted: Collection[UUID] | None, id: str) -> Sequence[Any]:
    return [one for one in found if wanted is None or getattr(one, id) in wanted]


async def _retry(jobs: FailedJobs, chosen: Sequence[DeadJob]) -> None:
    for job in chosen:
        await jobs.retry(job.id)
        print(f"{job.name} {job.id} runs again as soon as there is a worker")


async def _hear(
    letters: DeadLetters, chosen: Sequence[DeadLetter], subscribers: Mapping[str, Subscriber]
) -> int:
    """How many failed again."""
    failed = 0
    for letter in chosen:
        subscriber = subscribers.get(letter.subscriber)
        if subscriber is None:
            print(f"frontdesk: nobody is called {letter.subscriber} any more", file=sys.stderr)
            failed += 1
            continue
        try:
            await letters.hear_again(letter, subscriber)
        except Exception as error:
            logger.exception("subscriber failed again")
            print(
                f"frontdesk: {letter.subscriber} failed again: {type(error).__name__}",
                file=sys.stderr,
            )
            failed += 1
        else:
            print(f"{letter.subscriber} has heard {letter.event} {letter.event_id}")
    return failed


def _by_name(container: Container) -> Mapping[str, Subscriber]:
    return {one.name: one for one in container.subscriptions.subscribers()}
