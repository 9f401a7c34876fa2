"""One command after the other, with what they answer and how they exit."""

import asyncio
import re
import socket
import sqlite3
from pathlib import Path

import pytest

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.cli.terminal import Terminal

TERMINALS = pytest.mark.parametrize("on", ["terminal", "postgres_terminal"])


@TERMINALS
def test_the_schema_is_missing_and_then_there(on: str, request: pytest.FixtureRequest) -> None:
    terminal: Terminal = request.getfixturevalue(on)

    assert terminal.run("migrate", "--check").returncode == 1
    assert terminal.run("migrate").returncode == 0
    assert terminal.run("migrate", "--check").returncode == 0
    assert terminal.run("migrate").returncode == 0


def test_keys_are_created_listed_and_revoked(terminal: Terminal) -> None:
    terminal.run("migrate")

    secret = terminal.run("keys", "create", "harbour", "--name", "desk", "--live").stdout.strip()
    assert re.fullmatch(r"fd_live_[0-9A-Za-z]{36}", secret)
    terminal.run("keys", "create", "harbour", "--scope", "bookings:read", "--days", "7")
    listed = terminal.run("keys", "list").stdout.splitlines()
    assert len(listed) == 2
    assert secret not in "".join(listed)
    [of_desk] = [line for line in listed if "  desk  " in line]
    id = of_desk.split()[0]

    assert terminal.run("keys", "revoke", id).stdout == "revoked\n"
    [of_desk] = [line for line in terminal.run("keys", "list").stdout.splitlines() if id in line]
    assert "revoked" in of_desk


def test_organizations_are_begun_listed_suspended_and_moved(terminal: Terminal) -> None:
    terminal.run("migrate")

    begun = terminal.run("organizations", "create", "harbour", "--name", "Harbour Inn")
    again = terminal.run("organizations", "create", "harbour")
    unknown = terminal.run("organizations", "suspend", "seaside")
    terminal.run("organizations", "suspend", "harbour")
    moved = terminal.run("organizations", "tier", "harbour", "free")

    assert begun.stdout.endswith("  harbour  active  enterprise  Harbour Inn\n")
    assert (again.returncode, unknown.returncode) == (1, 1)
    assert again.stderr == "frontdesk: there is an organization with the slug harbour already\n"
    assert moved.stdout.endswith("  harbour  suspended  free  Harbour Inn\n")
    assert terminal.run("organizations", "list").stdout == moved.stdout


def test_a_log_whose_tail_was_cut_off_does_not_fit_its_anchor(
    terminal: Terminal, tmp_path: Path
) -> None:
    async def relay() -> None:
        settings = Settings(database_url=f"sqlite:///{tmp_path / 'frontdesk.db'}")
        container = Container(settings=settings)
        for organization_id in await container.event_relay().unnumbered():
            await container.event_relay().number(organization_id, limit=1000)
        await container.database().close()

    terminal.run("migrate")
    for _ in range(2):
        terminal.run("keys", "create", "harbour")
    asyncio.run(relay())
    anchors = tmp_path / "anchors.jsonl"
    anchors.write_text(terminal.run("audit", "anchor").stdout)

    with sqlite3.connect(tmp_path / "frontdesk.db") as database:
        database.execute("DELETE FROM event_log WHERE position = 2")
        database.execute(
            "UPDATE event_heads SET position = 1, "
            "link = (SELECT link FROM event_log WHERE position = 1)"
        )
    assert terminal.run("verify").returncode == 0
    found = terminal.run("verify", "--anchors", str(anchors))
    assert found.returncode == 1
    assert found.stdout.startswith("chains_go_through_anchors\t")
    bad = terminal.run("verify", "--anchors", str(tmp_path / "frontdesk.db"))
    assert (bad.returncode, bad.stderr.count("\n")) == (2, 1)


def test_an_owner_is_invited_to_choose_a_password(terminal: Terminal) -> None:
    terminal.run("migrate")
    add = ("members", "add-owner", "seaside", "ada@example.com", "--name", "Ada Lovelace")
    added, again = terminal.run(*add), terminal.run(*add)
    listed = terminal.run("members", "list", "seaside").stdout

    assert re.fullmatch(r"fd_mail_\w+\n", added.stdout), added.stderr
    assert re.fullmatch(r"fd_mail_\w+\n", again.stdout), again.stderr
    assert added.stdout != again.stdout
    assert re.fullmatch(r"\S{36}  owner  invited  ada@example.com\n", listed)
    nobody = terminal.run("members", "restore-owner", "seaside", "ada@example.com")
    assert (nobody.returncode, nobody.stderr.count("\n")) == (1, 1), (
        "who has not come has lost nothing"
    )


def test_refusals_are_said_in_a_line(terminal: Terminal) -> None:
    terminal.run("migrate")

    bad = terminal.run("keys", "create", "No Slug")
    unknown = terminal.run("keys", "revoke", "00000000-0000-0000-0000-000000000001")

    assert (bad.returncode, unknown.returncode) == (1, 1)
    assert bad.stderr.startswith("frontdesk: a slug has")
    assert unknown.stderr.startswith("frontdesk: no API key")


def test_verify_names_the_offending_row_and_exits_with_one(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert terminal.run("demo").returncode == 0
    assert terminal.run("verify").returncode == 0

    with sqlite3.connect(tmp_path / "frontdesk.db") as database:
        [(pool,)] = database.execute("SELECT id FROM pools LIMIT 1").fetchall()
        database.execute("UPDATE pools SET taken = 1 WHERE id = ?", [pool])
    database.close()

    verified = terminal.run("verify")
    assert verified.returncode == 1
    assert pool in verified.stdout
    assert "taken_is_claimed" in verified.stdout


def test_options_that_cannot_be_used_are_named_and_not_shown(terminal: Terminal) -> None:
    refused = terminal.run(
        "verify", FRONTDESK_HTTP_PORT="eighty", FRONTDESK_DATABASE_URL="mysql://user:hunter2@host"
    )

    assert refused.returncode == 2
    assert "FRONTDESK_HTTP_PORT must be a whole number" in refused.stderr
    assert "FRONTDESK_DATABASE_URL must begin with postgresql://" in refused.stderr
    assert "hunter2" not in refused.stderr


def test_options_that_do_not_exist_are_named(terminal: Terminal) -> None:
    told = terminal.run("configuration", FRONTDESK_HTTP_PROT="1")

    assert told.returncode == 0
    assert "FRONTDESK_HTTP_PROT is not an option" in told.stderr


@pytest.mark.parametrize("command", [("serve",), ("demo", "--serve")])
def test_nobody_is_served_on_a_port_that_is_taken(
    terminal: Terminal, command: tuple[str, ...]
) -> None:
    port = terminal.variables["FRONTDESK_HTTP_PORT"]
    with socket.create_server(("127.0.0.1", int(port))):
        refused = terminal.run(*command)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"frontdesk: cannot serve on 127.0.0.1:{port}: ")
    assert refused.stderr.count("\n") == 1


def test_help_and_version_answer() -> None:
    terminal = Terminal({})

    assert "commands:" in terminal.run("--help").stdout
    assert terminal.run("--version").stdout.startswith("frontdesk 0.")
    assert "revoke" in terminal.run("keys", "--help").stdout
    assert terminal.run("juggle").returncode == 2


def test_secrets_are_set_by_standard_input_and_outlive_their_keys(
    terminal: Terminal, tmp_path: Path
) -> None:
    refers = {"FRONTDESK_SMTP_PASSWORD": "secret:smtp-password"}

    assert terminal.run("verify", **refers).returncode == 2
    assert terminal.given("hunter2\n", "secrets", "set", "smtp-password").returncode == 0
    assert terminal.run("migrate", **refers).returncode == 0
    assert "key 2" in terminal.run("secrets", "rotate").stdout
    assert "key 1 is forgotten" in terminal.run("secrets", "forget-old-keys").stdout
    assert terminal.run("verify", **refers).returncode == 0
    assert terminal.run("secrets", "list").stdout == "smtp-password\n"
    assert all(b"hunter2" not in file.read_bytes() for file in tmp_path.iterdir())
    assert terminal.run("secrets", "remove", "smtp-password").returncode == 0
    gone = terminal.run("secrets", "remove", "smtp-password")
    assert (gone.returncode, gone.stderr) == (1, "frontdesk: there is no secret smtp-password\n")


def test_the_password_of_a_database_that_cannot_be_reached_is_not_shown(
    terminal: Terminal,
) -> None:
    failed = terminal.run(
        "verify", FRONTDESK_DATABASE_URL="postgresql://desk:hunter2@127.0.0.1:1/desk"
    )

    assert failed.returncode != 0
    assert "hunter2" not in failed.stdout + failed.stderr
