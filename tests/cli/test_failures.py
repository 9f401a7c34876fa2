"""Whoever looks after the program sees what was given up, and has it done after all."""

import asyncio
import sqlite3
from pathlib import Path
from uuid import UUID, uuid4

from tests.cli.terminal import Terminal
from tests.contract.job_engines import a_job, dbos_engine, running, the_dead


def test_jobs_and_events_that_failed_are_listed_and_done_again(
    terminal: Terminal, tmp_path: Path
) -> None:
    job = a_job("unheard_of")

    async def fail() -> None:
        async with running(dbos_engine(f"sqlite:///{tmp_path}/jobs.db")) as engine:
            await engine.submit([job])
            await the_dead(engine)

    terminal.run("migrate")
    terminal.run("keys", "create", "harbour")
    assert terminal.run("failures", "list").stdout == "0 jobs and 0 events\n"

    asyncio.run(fail())
    event_id = given_up(tmp_path / "frontdesk.db")
    listed = terminal.run("failures", "list")
    assert f"job  {job.id}  ?  unheard_of" in listed.stdout
    assert f"event  {event_id}  harbour" in listed.stdout
    assert listed.stdout.endswith("1 jobs and 1 events\n")

    stranger = uuid4()
    again = terminal.run("failures", "again", "--id", str(job.id), "--id", str(stranger))
    assert again.returncode == 1
    assert again.stdout == f"unheard_of {job.id} runs again as soon as there is a worker\n"
    assert again.stderr == f"frontdesk: nothing failed that is called {stranger}\n"

    heard = terminal.run("failures", "again", "--all")
    assert heard.returncode == 1
    assert heard.stderr == "frontdesk: nobody is called retired any more\n"
    assert terminal.run("failures", "list").stdout.endswith("0 jobs and 1 events\n")


def given_up(path: Path) -> UUID:
    """An event that a subscriber failed to hear which the program does not have any more."""
    with sqlite3.connect(path) as database:
        database.execute(
            "INSERT INTO dead_letters (organization_id, subscriber, event_id, error, failed_at)"
            " SELECT organization_id, 'retired', id, 'Broken', occurred_at FROM event_log LIMIT 1"
        )
        ((event_id,),) = database.execute("SELECT event_id FROM dead_letters").fetchall()
    return UUID(event_id)
