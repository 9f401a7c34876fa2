"""Options, as they come from the environment."""

from datetime import timedelta
from pathlib import Path

import pytest

from entrypoints.wiring.options import BadSettings
from entrypoints.wiring.settings import Settings


def read(**variables: str) -> Settings:
    return Settings.from_environment(
        {f"FRONTDESK_{name}": value for name, value in variables.items()}
    )


def test_without_variables_everything_has_a_default() -> None:
    assert read() == Settings()
    assert Settings().url == "sqlite:///.frontdesk/frontdesk.db"
    assert Settings().http_port == 8000
    assert Settings().quotes_good_for == timedelta(minutes=30)


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert read(HTTP_PORT=" ", DATABASE_URL="") == Settings()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_the_driver_of_postgres_is_ours_to_choose(scheme: str) -> None:
    settings = read(DATABASE_URL=f"{scheme}://desk:hunter2@db:5432/desk")

    assert settings.url == "postgresql+asyncpg://desk:hunter2@db:5432/desk"
    assert not settings.on_sqlite
    assert "hunter2" not in repr(settings)


def test_files_lie_in_the_data_directory() -> None:
    settings = read(DATA_DIR="/srv/desk", DATABASE_URL="sqlite:////srv/db/one.db")

    assert settings.outgoing_mail_dir == Path("/srv/desk/mail")
    assert settings.sqlite_folder == Path("/srv/db")
    assert read(MAIL_DIR="/srv/mail").outgoing_mail_dir == Path("/srv/mail")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTP_PORT", "65536"),
        ("HTTP_PORT", "-1"),
        ("HOLD_MINUTES", "99999"),
        ("HOLD_MINUTES", "1.5"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "oracle://"),
        ("REDIS_URL", "http://cache"),
        ("ALLOW_UNSAFE_DATABASE", "perhaps"),
        ("REFERENCE_PREFIX", "fd"),
        ("MAIL_FROM", "a\nb"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"FRONTDESK_{variable} must") as refused:
        read(**{variable: value})

    assert value not in str(refused.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        read(HTTP_PORT="x", LOG_LEVEL="y")

    assert refused.value.problems.keys() == {"FRONTDESK_HTTP_PORT", "FRONTDESK_LOG_LEVEL"}


def test_spelling_of_choices_is_forgiven() -> None:
    settings = read(LOG_LEVEL="debug", SMTP_SECURITY="TLS", ALLOW_UNSAFE_DATABASE="True")

    assert (settings.log_level, settings.smtp_security) == ("DEBUG", "tls")
    assert settings.allow_unsafe_database is True
