"""Which names of agents and queues are taken, in every storage."""

from typing import Any

import attrs
import pytest

from tests.contract.storages import Storage
from tests.samples import DESK, NOW, OTHER_DESK
from tests.unit.escalations import free, queue

pytestmark = pytest.mark.anyio


async def test_it_is_told_which_marks_agents_have(storage: Storage) -> None:
    first, second = free(1), free(2)
    details = attrs.evolve(first.details, extension="101")
    first = await storage.work(
        DESK, lambda work: work.agents.save(attrs.evolve(first, details=details))
    )
    await storage.work(OTHER_DESK, lambda work: work.agents.save(second))
    asked = {*details.marks, *second.details.marks, "102"}

    def known(work: Any) -> Any:
        return set(work.agents.marks_among(asked))

    assert await storage.work(DESK, known) == details.marks
    assert await storage.work(DESK, lambda work: set(work.agents.marks_among({"101"}))) == {"101"}
    assert not await storage.work(DESK, lambda work: work.agents.marks_among(frozenset()))
    await storage.work(DESK, lambda work: work.agents.save(first.delete(now=NOW)))
    assert await storage.work(DESK, known) == set()


async def test_it_is_told_which_titles_queues_have(storage: Storage) -> None:
    kept = await storage.work(DESK, lambda work: work.queues.save(queue()))
    asked = {kept.terms.title, "Another"}

    assert set(await storage.work(DESK, lambda work: work.queues.titles_among(asked))) == {
        kept.terms.title
    }
    assert not await storage.work(OTHER_DESK, lambda work: work.queues.titles_among(asked))
    assert not await storage.work(DESK, lambda work: work.queues.titles_among(frozenset()))
