"""Who listens inside hears nothing, and no socket is told to go there."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import anyio
import pytest

from adapters.egress.client import Bounds, Egress
from tests.contract.test_egress import REFUSED, leading_to, refusal
from tests.dialled import Ear, listening, watched
from tests.inside import HOSTS, INSIDE, LEADING_HERE, OTHER_URLS
from tests.web_sites import web_site

pytestmark = pytest.mark.anyio

QUICK = Bounds(seconds=2.0, connecting=0.2)


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    async with listening() as ear:
        yield ear


@pytest.mark.parametrize("host", LEADING_HERE)
async def test_who_is_not_stopped_is_heard(ear: Ear, host: str) -> None:
    """Otherwise silence would say nothing."""
    with watched() as dialled:
        _, writer = await asyncio.open_connection(host.strip("[]"), ear.port)
        await anyio.wait_all_tasks_blocked()
        writer.close()

    assert ear.heard
    assert dialled


async def test_nothing_written_leads_to_who_listens(ear: Ear) -> None:
    for host in HOSTS:
        egress = Egress(ports=frozenset({ear.port}), bounds=QUICK)
        with watched() as dialled:
            assert await refusal(egress, f"http://{host}:{ear.port}/") in REFUSED, host
        assert (dialled, ear.heard) == ([], []), host


async def test_no_other_scheme_dials(ear: Ear) -> None:
    for url in (*OTHER_URLS, f"ftp://127.0.0.1:{ear.port}/", f"//127.0.0.1:{ear.port}"):
        with watched() as dialled:
            assert await refusal(Egress(ports=frozenset({ear.port})), url) in REFUSED, url
        assert (dialled, ear.heard) == ([], []), url


async def test_no_redirect_leads_to_who_listens(ear: Ear) -> None:
    async with web_site() as site:
        for host in HOSTS:
            site.moves("/away", f"http://{host}:{ear.port}/")
            egress = Egress(
                internal=frozenset({site.host}),
                ports=frozenset({site.port, ear.port}),
                bounds=QUICK,
            )
            with watched() as dialled:
                assert await refusal(egress, site.url("/away"), redirects=3) in REFUSED, host
            assert (dialled, ear.heard) == (["127.0.0.1"], []), host  # the site itself

        assert site.asked["/away"] == len(HOSTS)


async def test_no_name_leads_to_who_listens(ear: Ear) -> None:
    for address in (*INSIDE, "127.0.0.2"):
        for answer in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
            egress = Egress(ports=frozenset({ear.port}), resolve=leading_to(*answer), bounds=QUICK)
            with watched() as dialled:
                reason = await refusal(egress, f"http://outside.example:{ear.port}/")
            assert reason in REFUSED, answer
            assert (dialled, ear.heard) == ([], []), answer


async def test_a_name_that_changes_its_mind_is_never_dialled_inside(ear: Ear) -> None:
    """What was checked is what is dialled, and who asks again checks again."""
    answers: list[Sequence[str]] = [["127.0.0.1"], ["127.0.0.1"], ["8.8.8.8"]]

    async def resolve(_: str) -> Sequence[str]:
        return answers.pop()

    with watched() as dialled:
        for _ in range(2):
            egress = Egress(
                ports=frozenset({ear.port}),
                resolve=resolve,
                bounds=Bounds(seconds=0.2, connecting=0.1),
            )
            await refusal(egress, f"http://rebinding.example:{ear.port}/")

    assert answers == [["127.0.0.1"]]
    assert (set(dialled), ear.heard) == ({"8.8.8.8"}, [])
