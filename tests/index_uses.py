"""Every index is there for a statement.

With `--index-uses` PostgreSQL is asked by what it goes for each statement that the tests have run
on it, whatever its parameters, in tables of some thousand rows and as if reading a table whole
were dear; and SQLite for those that were run there. The run fails if there is an index that
serves none of them. It takes all tests to know.
"""

import asyncio
import json
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, event

from tests.index_plans import idle_indexes

OPTION = "--index-uses"
FOLDER, IDLE = "index_uses_folder", "idle_indexes"
ASKED = ("SELECT", "WITH", "UPDATE", "DELETE")

_statements: dict[str, set[str]] = {"postgresql": set(), "sqlite": set()}


def remember(connection: Connection, _: Any, statement: str, *_rest: Any) -> None:
    if statement.lstrip().startswith(ASKED):
        _statements[connection.dialect.name].add(statement)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="fail if an index serves no statement")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption(OPTION):
        return
    event.listen(Engine, "before_cursor_execute", remember)
    if not hasattr(config, "workerinput"):
        vars(config)[FOLDER] = mkdtemp()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[FOLDER] = vars(node.config).get(FOLDER)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Those who ran tests say what they asked; whoever began them asks by what that goes."""
    if not session.config.getoption(OPTION):
        return
    given = getattr(session.config, "workerinput", vars(session.config))
    folder = Path(given[FOLDER])
    asked = {dialect: sorted(statements) for dialect, statements in _statements.items()}
    (folder / uuid4().hex).write_text(json.dumps(asked))
    if not hasattr(session.config, "workerinput"):
        vars(session.config)[IDLE] = asyncio.run(idle_indexes(_every(folder)))
        if vars(session.config)[IDLE]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _every(folder: Path) -> dict[str, set[str]]:
    every: dict[str, set[str]] = {dialect: set() for dialect in _statements}
    for file in folder.iterdir():
        for dialect, statements in json.loads(file.read_text()).items():
            every[dialect].update(statements)
    return every


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if vars(config).get(IDLE):
        terminalreporter.section("indexes that serve no statement")
        terminalreporter.write_line("\n".join(sorted(vars(config)[IDLE])))
