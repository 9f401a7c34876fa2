"""A backup, what is restored of it, and a drill: as whoever operates a desk does it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.terminal import Terminal


def test_everything_is_as_it_was(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("migrate")
    terminal.run("keys", "create", "harbour", "--name", "before")
    made = terminal.run("backup", str(tmp_path / "backups"))
    backup = made.stdout.strip()
    terminal.run("keys", "create", "harbour", "--name", "after")

    drill = terminal.run("drill", str(tmp_path / "backups"))
    refused = terminal.run("restore", backup)
    restored = terminal.run("restore", backup, "--replace")
    listed = terminal.run("keys", "list").stdout

    assert (made.returncode, drill.returncode, drill.stderr) == (0, 0, "")
    assert Path(backup).name in (tmp_path / "backups/drill.json").read_text()
    assert drill.stdout.startswith(f"all invariants hold\nbackup    {backup}\nsize ")
    assert (refused.returncode, restored.returncode) == (1, 0)
    assert refused.stderr.endswith("frontdesk.db is there already, and is not overwritten\n")
    assert restored.stdout.endswith("all invariants hold\n")
    assert "  before  " in listed
    assert "  after  " not in listed


def test_a_drill_finds_what_is_broken(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("migrate")
    terminal.run("keys", "create", "harbour")
    with closing(sqlite3.connect(tmp_path / "frontdesk.db")) as database, database:
        database.execute("UPDATE event_log SET position = 2 WHERE rowid = 1")
    terminal.run("backup", str(tmp_path / "backups"))

    drill = terminal.run("drill", str(tmp_path / "backups"))

    assert drill.returncode == 1
    assert not (tmp_path / "backups/drill.json").exists()
    assert "positions_are_gapless" in drill.stdout


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    at_a_server = Terminal({"FRONTDESK_DATABASE_URL": "postgresql://desk@127.0.0.1:1/frontdesk"})

    refused = at_a_server.run("backup", str(tmp_path / "backups"))

    assert refused.returncode == 1
    assert "pg_dump" in refused.stderr
