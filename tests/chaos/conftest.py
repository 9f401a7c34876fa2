"""Two places for chaos, and how much of it.

`pytest tests/chaos/test_chaos.py --chaos-kills=20 --chaos-payments=500` is a night of it.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import SystemRandom

import attrs
import pytest

from tests.chaos.aftermath import Aftermath
from tests.chaos.databases import MortalPostgres, mortal_postgres
from tests.chaos.programs import Site
from tests.chaos.report import figures, report
from tests.chaos.stalls import TormentedRedis, tormented_redis
from tests.postgres_programs import NoPostgres
from tests.redis_servers import NoRedis

KILLS = 3
PAYMENTS = 5
CALLS = 40
ROWS = 20_000
FIGURES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--chaos-kills", type=int, default=KILLS, help="how often each process is killed"
    )
    parser.addoption(
        "--chaos-payments", type=int, default=PAYMENTS, help="how many bookings are paid for"
    )
    parser.addoption("--chaos-calls", type=int, default=CALLS, help="how many calls a day has")
    parser.addoption("--chaos-rows", type=int, default=ROWS, help="how many an export has")
    parser.addoption(
        "--chaos-database",
        choices=("sqlite", "postgres"),
        default="sqlite",
        help="where what takes long is shown on one",
    )
    parser.addoption("--chaos-records", type=int, default=1000, help="what a pipeline brings")
    parser.addoption("--chaos-json", type=Path, help="where the figures are written")
    parser.addoption("--chaos-tree", type=Path, help="documentation that is crawled")
    parser.addoption("--chaos-seed", type=int, help="of a run that is to be repeated")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures = terminalreporter.config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("chaos")
        terminalreporter.write_line("\n".join(figures))


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Says something at the end, whether the test passes or not."""
    return pytestconfig.stash.setdefault(FIGURES, []).append


@pytest.fixture
def conclude(
    pytestconfig: pytest.Config, tell: Callable[[str], None]
) -> Callable[[str, Aftermath], None]:
    """Tells what came of a run, and adds it to a file, if there is to be one."""
    file: Path | None = pytestconfig.getoption("chaos_json", None)

    def conclude(name: str, after: Aftermath) -> None:
        tell(report(after))
        if file is not None:
            before = json.loads(file.read_text())["runs"] if file.exists() else []
            file.write_text(json.dumps({"runs": [*before, figures(name, after)]}))

    return conclude


@attrs.frozen
class Place:
    """The database and Redis are there if they can be killed as well."""

    site: Site
    database: MortalPostgres | None = None
    redis: TormentedRedis | None = None


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("chaos_kills", KILLS)
    return number


@pytest.fixture
def payments(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("chaos_payments", PAYMENTS)
    return number


@pytest.fixture
def calls(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("chaos_calls", CALLS)
    return number


@pytest.fixture
def rows(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("chaos_rows", ROWS)
    return number


@pytest.fixture
def seed(request: pytest.FixtureRequest, tell: Callable[[str], None]) -> int:
    given: int | None = request.config.getoption("chaos_seed", None)
    number = SystemRandom().randrange(10**6) if given is None else given
    tell(f"\n{request.node.name} --chaos-seed={number}")
    return number


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    return Place(Site(url=f"sqlite:///{tmp_path}/frontdesk.db", folder=tmp_path))


@pytest.fixture
def postgres_place(tmp_path: Path) -> Iterator[Place]:
    try:
        with mortal_postgres() as database, tormented_redis(tmp_path) as redis:
            yield Place(Site(url=database.url, folder=tmp_path), database, redis)
    except (NoPostgres, NoRedis) as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture
def chosen_place(request: pytest.FixtureRequest) -> Place:
    place = request.getfixturevalue(
        f"{request.config.getoption('chaos_database', 'sqlite')}_place"
    )
    assert isinstance(place, Place)
    return place


@pytest.fixture(params=["sqlite_place", "postgres_place"])
def place(request: pytest.FixtureRequest) -> Place:
    place = request.getfixturevalue(request.param)
    assert isinstance(place, Place)
    return place
