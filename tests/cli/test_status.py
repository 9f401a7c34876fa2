"""How every part does, on one page of a terminal."""

import sqlite3
from pathlib import Path

from tests.cli.terminal import Terminal
from tests.servers import free_port


def told(terminal: Terminal, **options: str) -> tuple[int, dict[str, str]]:
    done = terminal.run("status", **options)
    lines = [(line[:20].strip(), line[20:].split()[0]) for line in done.stdout.splitlines()]
    return done.returncode, dict(lines)


def test_every_part_tells_how_it_does(terminal: Terminal, tmp_path: Path) -> None:
    before = told(terminal)
    terminal.run("migrate")

    code, well = told(terminal)
    nobody = str(free_port())
    _, alone = told(
        terminal,
        FRONTDESK_REDIS_URL=f"redis://127.0.0.1:{nobody}",
        FRONTDESK_SMTP_HOST="127.0.0.1",
        FRONTDESK_SMTP_PORT=nobody,
    )
    overdue(tmp_path / "frontdesk.db")
    _, left_lying = told(terminal)

    assert (before[0], before[1]["schema"]) == (1, "down")
    assert code == 0
    assert set(well.values()) == {"ok"}
    assert well.keys() >= {"database", "schema", "worker", "jobs", "pool"}
    assert (alone["cache"], alone["mail host"]) == ("degraded", "degraded")
    assert left_lying["worker"] == "degraded"


def overdue(file: Path) -> None:
    """An event of long ago that nobody has numbered."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO event_log (organization_id, id, arrival, name, subject, payload,"
            " actor_id, occurred_at) VALUES (?, ?, 1, 'x', ?, '{}', ?, ?)",
            (*(["0" * 31 + "1"] * 4), "2020-01-01 00:00:00.000000"),
        )
