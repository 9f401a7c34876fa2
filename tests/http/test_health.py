"""What load balancers and supervisors are told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.resilience.boards import FileBoard
from entrypoints.http.app import create_app
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, program
from tests.servers import free_port

pytestmark = pytest.mark.anyio

NEEDED = {"database": {"status": "pass"}, "schema": {"status": "pass"}}
WORK = {"worker", "jobs", "payments in time", "pool"}


async def told(url: str, path: str, **settings: Any) -> tuple[int, dict[str, Any]]:
    async with program(url, Time(NOW), **settings) as container:
        transport = httpx.ASGITransport(create_app(container))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            answer = await client.get(path)
    assert answer.headers["Content-Type"] == "application/health+json"
    return answer.status_code, answer.json()


async def test_every_part_is_well(any_desk: Desk) -> None:
    answer = await any_desk.nobody().get("/readyz")
    said = answer.json()

    assert (answer.status_code, said["status"]) == (200, "pass")
    assert {name: said["checks"][name] for name in NEEDED} == NEEDED
    assert said["checks"].keys() >= WORK
    assert {part["status"] for part in said["checks"].values()} == {"pass"}


async def test_to_start_no_more_is_needed_than_the_database(any_desk: Desk) -> None:
    answer = await any_desk.nobody().get("/startupz")

    assert (answer.status_code, answer.json()) == (200, {"status": "pass", "checks": NEEDED})


@pytest.mark.parametrize("path", ["/readyz", "/startupz"])
async def test_without_the_schema_nothing_works(tmp_path: Path, path: str) -> None:
    status, said = await told(f"sqlite:///{tmp_path}/new.db", path)

    assert (status, said["status"]) == (503, "fail")
    assert said["checks"] == {"database": {"status": "pass"}, "schema": {"status": "fail"}}


async def test_the_database_is_away() -> None:
    url = f"postgresql+asyncpg://nobody@127.0.0.1:{free_port()}/nowhere"

    status, said = await told(url, "/readyz")

    assert status == 503
    assert said["checks"] == {"database": {"status": "fail"}, "schema": {"status": "fail"}}
    assert await told(url, "/livez") == (200, {"status": "pass", "checks": {}})


async def test_what_one_can_do_without_is_warned_of(sqlite_url: str, tmp_path: Path) -> None:
    until = (NOW + timedelta(minutes=1)).timestamp()
    FileBoard(tmp_path / "breakers", until.conjugate).opened("mail", until=until)

    status, said = await told(
        sqlite_url,
        "/readyz",
        data_dir=tmp_path,
        smtp_host="127.0.0.1",
        redis_url=f"redis://127.0.0.1:{free_port()}",
    )

    assert (status, said["status"]) == (200, "warn")
    assert {name for name, part in said["checks"].items() if part != {"status": "pass"}} == {
        *("mail", "cache")
    }
