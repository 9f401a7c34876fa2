"""Two orders become one by the places in each; a model that is slow or fails is done without."""

import asyncio
from array import array
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import attrs
import pytest

from adapters.embedding.none import NoEmbedder
from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker
from adapters.resilience.embedding import PRESET, PromptEmbedder, is_outage
from application.documentation.embed_passages import EmbedPassages, NewPassages
from application.documentation.embedding import Embedder, NotEmbedded
from application.kernel.jobs import Job
from application.kernel.subscribers import RecordedEvent
from domain.documentation.events import CrawlFinished
from domain.documentation.meaning import Vector, by_meaning
from domain.documentation.pages import Section
from domain.documentation.ranking import Candidate
from domain.kernel.identifiers import EventId
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio


def candidates(*numbers: int) -> list[Candidate]:
    section = Section(anchor="", path=(), text="")
    return [Candidate(score=9, place=("", 0, number), section=section) for number in numbers]


def vector(*parts: int) -> Vector:
    return array("b", parts).tobytes()


def order(ranked: Sequence[Candidate]) -> list[int]:
    return [each.place[2] for each in ranked]


def test_who_is_near_in_both_orders_comes_first() -> None:
    vectors = {1: vector(-9, 1), 2: vector(100, 3), 3: vector(90, 0), 4: vector(0, 120)}

    found = by_meaning(candidates(1, 2, 3, 4), vectors, vector(127, 0))

    assert order(found) == [2, 3, 1, 4]


def test_without_vectors_words_decide() -> None:
    found = by_meaning(candidates(5, 6, 7), {}, vector(127, 0))
    of_another = by_meaning(candidates(5, 6, 7), {7: vector(1, 2, 3)}, vector(127, 0))

    assert order(found) == order(of_another) == [5, 6, 7]


def test_who_means_it_goes_before_who_has_no_vector() -> None:
    found = by_meaning(candidates(1, 2, 3), {3: vector(9, 0)}, vector(127, 0))

    assert order(found) == [3, 1, 2]


@attrs.define
class Slow(Embedder):
    model = "slow"
    asked: int = 0

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        self.asked += 1
        await asyncio.Event().wait()
        return ()


async def test_a_slow_model_is_left_alone_after_a_while(tmp_path: Path) -> None:
    now, slow = [0.0], Slow()
    breaker = Breaker(
        name="embedding",
        preset=PRESET,
        seconds=lambda: now[0],
        fails=is_outage,
        board=FileBoard(tmp_path, lambda: now[0]),
    )
    prompt = PromptEmbedder(embedder=slow, breaker=breaker, seconds=0.001)

    for _ in range(PRESET.failures + 2):
        with pytest.raises(NotEmbedded):
            await prompt(["how?"])
    assert (prompt.model, slow.asked) == ("slow", PRESET.failures)

    now[0] += PRESET.open_for
    with pytest.raises(NotEmbedded):
        await prompt(["how?"])
    assert slow.asked == PRESET.failures + 1


async def test_there_may_be_no_model() -> None:
    with pytest.raises(NotEmbedded):
        await NoEmbedder()(["how?"])


@attrs.define
class Queue:
    jobs: "Queue" = attrs.field(init=False)
    queued: list[Job] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.jobs = self

    def enqueue(self, job: Job) -> None:
        self.queued.append(job)


def test_new_passages_are_embedded_if_there_is_a_model() -> None:
    event = RecordedEvent(
        organization_id=DESK.organization_id,
        position=7,
        id=EventId(UUID(int=7)),
        name=CrawlFinished.name,
        subject=UUID(int=8),
        payload={},
        occurred_at=NOW,
        actor_id=DESK.id,
    )
    without, with_model = Queue(), Queue()
    NewPassages(is_wanted=False)(event, without)
    NewPassages(is_wanted=True)(event, with_model)

    assert (without.queued, with_model.queued) == ([], [EmbedPassages().job])
