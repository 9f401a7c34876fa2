"""Keys of personal data, and customers, from the command line."""

from tests.cli.terminal import Terminal

SEALED = {"FRONTDESK_PERSONAL_KEYS": "secret:personal-keys"}


def test_keys_are_made_and_changed(terminal: Terminal) -> None:
    assert terminal.run("migrate").returncode == 0
    assert terminal.run("keys", "create", "harbour").returncode == 0

    assert terminal.run("personal-keys", "rewrap").returncode == 1
    assert terminal.run("personal-keys", "new").stdout == "key 1 is in use\n"
    assert terminal.run("personal-keys", "new").stdout == "key 2 is in use\n"
    sealed = terminal.run("personal-keys", "seal", **SEALED)
    assert (sealed.returncode, sealed.stdout) == (0, "0 rows\n"), sealed.stderr
    assert terminal.run("personal-keys", "forget-old", **SEALED).returncode == 0


def test_whoever_is_not_known_cannot_be_forgotten(terminal: Terminal) -> None:
    assert terminal.run("migrate").returncode == 0
    assert terminal.run("keys", "create", "harbour").returncode == 0

    unknown = terminal.given("nobody@example.com", "customers", "erase", "harbour")
    elsewhere = terminal.given("nobody@example.com", "customers", "export", "nowhere")

    assert (unknown.returncode, elsewhere.returncode) == (1, 1)
    assert "nothing is kept on anybody" in unknown.stderr
    assert "no organization nowhere" in elsewhere.stderr
