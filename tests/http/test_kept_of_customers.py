"""Papers and calls of customers: shown in few questions, and nobody's once their key is gone."""

from uuid import UUID

import attrs
import pytest

from domain.kernel.identifiers import PaperId
from tests.http.calling import talks
from tests.http.desk import Desk
from tests.http.test_call_notes import noted
from tests.http.test_customers import CANARY, CONTACT, EMAIL, dump, erase, known, traces

pytestmark = pytest.mark.anyio


async def test_what_is_shown_takes_no_more_statements_for_more_of_it(desk: Desk) -> None:
    async def counted() -> int:
        with desk.statements() as statements:
            shown = await desk.post("/v1/customers/export", EMAIL)
        assert shown.status_code == 200, shown.text
        return len(statements)

    await known(desk)
    once = await counted()
    for number in range(2):
        call = await talks(desk, f"pbx-more-{number}", caller=CONTACT["phone"])
        await noted(desk, call, text="Qanari again", tags=[])

    assert await counted() == once


async def test_papers_say_nothing_once_the_key_is_gone(sealed_desk: Desk) -> None:
    """Before anybody has got round to emptying them, and in old copies of them."""
    desk = sealed_desk
    _, seat = await known(desk)
    path = f"/v1/bookings/{seat.json()['id']}/papers"
    papers = (await desk.post(path)).json()["items"]
    for paper in papers:
        assert (await desk.get(f"/v1/papers/{paper['id']}/pdf")).status_code == 200
    views, ids = desk.container.paperwork.views(), [PaperId(UUID(one["id"])) for one in papers]
    named = await views.several(desk.actor, ids)
    assert {paper.content.recipient.name for paper in named} == {"Qanari Sousa"}

    assert (await erase(desk, even_if_booked=True)).status_code == 200

    kept = await views.several(desk.actor, ids)
    assert [paper.number for paper in kept] == [paper.number for paper in named]
    assert CANARY not in str([attrs.asdict(paper.content) for paper in kept])
    assert [await views.printed(desk.actor, id) for id in ids] == [None] * len(ids)
    assert traces(await dump(desk)) == set()
