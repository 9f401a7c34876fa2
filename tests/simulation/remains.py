"""What is left of people who were forgotten."""

import json
from collections.abc import Collection, Iterator

from tests.simulation.desks import address_of, called
from tests.simulation.jobs import Kept
from tests.simulation.oracles import Eye, Finding


def left_of(names: Collection[str], eye: Eye, jobs: Kept) -> Iterator[Finding]:
    """Where they are still to be found, in the database or on the disk of the job engine."""
    marks = [mark for name in sorted(names) for mark in (address_of(name), called(name))]
    for place, written in (*_in_tables(eye), ("the job engine", _on_disk(jobs))):
        for mark in marks:
            if mark.encode() in written:
                yield "nothing is left of who was forgotten", f"{mark} in {place}"


def _in_tables(eye: Eye) -> Iterator[tuple[str, bytes]]:
    for (table,) in eye.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        rows = eye.rows(f'SELECT * FROM "{table}"')  # noqa: S608
        yield str(table), b"\n".join(_as_bytes(value) for row in rows for value in row)


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _on_disk(jobs: Kept) -> bytes:
    payloads = [dict(job.payload) for job in jobs.jobs.values()]
    return json.dumps([payloads, list(jobs.results.values())], default=str).encode()
