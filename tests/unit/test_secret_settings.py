"""Settings that are secret: given by themselves, as files or by name, and never shown."""

from pathlib import Path

import attrs
import pytest

from entrypoints.cli.configuration import page
from entrypoints.wiring.options import BadSettings, is_secret, unknown, variable
from entrypoints.wiring.settings import Settings

SECRET = [field for field in attrs.fields(Settings) if is_secret(field)]
KEY = "1:" + "A" * 42 + "E="
GOOD = {
    "database_url": "postgresql://desk:Canary7Canary7@db/desk",
    "database_owner_url": "postgresql://owner:Canary7Canary7@db/desk",
    "redis_url": "redis://:Canary7Canary7@cache",
    "secrets_keys": KEY,
    "personal_keys": f"{KEY} {KEY.replace('1:', 'index:')}",
}
EACH = pytest.mark.parametrize("name", [field.name for field in SECRET])


def good(name: str) -> str:
    return GOOD.get(name, "Canary7Canary7Canary7Canary7Canary7")


def hidden(name: str) -> str:
    return "A" * 42 if name.endswith("_keys") else "Canary7"


def value(settings: Settings, name: str) -> str:
    found = getattr(settings, name)
    return str(found() if callable(found) else found)


def test_these_are_secret() -> None:
    assert {field.name for field in SECRET} >= {
        "database_url",
        "link_secret",
        "redis_url",
        "secrets_keys",
        "smtp_password",
    }


@EACH
def test_nothing_of_it_is_shown(name: str) -> None:
    settings = Settings.from_environment({variable(name): good(name)})

    assert hidden(name) in value(settings, name)
    shown = f"{settings!r} {settings} {settings.secret_places} {page()}"
    assert hidden(name) not in shown


@EACH
def test_it_may_be_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "it"
    file.write_text(good(name) + "\n")
    environment = {variable(name) + "_FILE": str(file)}

    settings = Settings.from_environment(environment)

    assert hidden(name) in value(settings, name)
    assert unknown(attrs.fields(Settings), environment) == []


@pytest.mark.parametrize("name", ["link_secret", "link_secret_before", "smtp_password"])
def test_what_a_file_says_later_counts_then(name: str, tmp_path: Path) -> None:
    file = tmp_path / "it"
    file.write_text("x" * 40)
    settings = Settings.from_environment({variable(name) + "_FILE": str(file)})
    file.write_text("y" * 41)

    assert value(settings, name) == "y" * 41


@pytest.mark.parametrize("name", sorted({field.name for field in SECRET} - {"secrets_keys"}))
def test_it_may_be_named(name: str) -> None:
    environment = {variable(name): "secret:the-one", "FRONTDESK_SECRET_THE_ONE": good(name)}

    assert hidden(name) in value(Settings.from_environment(environment), name)
    assert unknown(attrs.fields(Settings), environment) == []


def test_a_folder_of_secrets_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "smtp").write_text("hunter2\n")
    settings = Settings.from_environment(
        {"FRONTDESK_SECRETS_DIR": str(tmp_path), "FRONTDESK_SMTP_PASSWORD": "secret:smtp"}
    )

    assert value(settings, "smtp_password") == "hunter2"


def test_what_cannot_be_found_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as refused:
        Settings.from_environment(
            {
                "FRONTDESK_SMTP_PASSWORD": "secret:smtp",
                "FRONTDESK_LINK_SECRET_FILE": str(tmp_path / "nothing"),
                "FRONTDESK_DATABASE_URL": "postgresql://x:Canary7@y/z",
                "FRONTDESK_DATABASE_URL_FILE": "/dev/null",
            }
        )

    assert refused.value.problems.keys() == {
        "FRONTDESK_SMTP_PASSWORD",
        "FRONTDESK_LINK_SECRET",
        "FRONTDESK_DATABASE_URL",
    }
    assert "Canary7" not in str(refused.value)
    assert "no secret smtp" in refused.value.problems["FRONTDESK_SMTP_PASSWORD"]


@EACH
def test_a_bad_one_is_not_quoted(name: str) -> None:
    with pytest.raises(BadSettings, match=variable(name)) as refused:
        Settings.from_environment({variable(name): "Canary7\x07"})

    assert "Canary7" not in str(refused.value)
