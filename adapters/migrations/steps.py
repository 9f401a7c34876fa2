"""Alembic, set up in code: it works on the connection it is handed and leaves the commit alone."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def go_up(connection: Connection, revision: str) -> None:
    command.upgrade(_on(connection), revision)


def go_down(connection: Connection, revision: str) -> None:
    command.downgrade(_on(connection), revision)


def known() -> ScriptDirectory:
    """The steps there are."""
    return ScriptDirectory.from_config(_config())


def _on(connection: Connection) -> Config:
    config = _config()
    config.attributes["connection"] = connection
    return config


def _config() -> Config:
    config = Config()
    # Options are interpolated, and a folder may have any name.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
