"""What load balancers and supervisors are told."""

from pathlib import Path

import httpx
import pytest

from entrypoints.http.app import create_app
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, program
from tests.servers import free_port

pytestmark = pytest.mark.anyio


async def told(url: str, path: str) -> tuple[int, dict[str, object]]:
    async with program(url, Time(NOW)) as container:
        transport = httpx.ASGITransport(create_app(container))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            answer = await client.get(path)
    assert answer.headers["Content-Type"] == "application/health+json"
    return answer.status_code, answer.json()


@pytest.mark.parametrize("path", ["/readyz", "/startupz"])
async def test_all_is_well(any_desk: Desk, path: str) -> None:
    answer = await any_desk.nobody().get(path)

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "pass",
        "checks": {"database": {"status": "pass"}, "schema": {"status": "pass"}},
    }


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
