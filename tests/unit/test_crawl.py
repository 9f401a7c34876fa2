"""The life of a crawl, and when what it found is not to be believed."""

from collections.abc import Callable

import attrs
import pytest

from domain.documentation.crawl import (
    ENDED,
    READING,
    Crawl,
    CrawlState,
    WrongCrawlState,
    too_much,
)
from domain.documentation.events import CrawlFinished
from domain.documentation.frontier import Tally
from domain.documentation.scope import Scope
from domain.documentation.site import StartElsewhere
from tests.samples import NOW
from tests.samples_of_crawls import crawl, site

S = CrawlState
STEPS: dict[str, tuple[Callable[[Crawl], Crawl], frozenset[CrawlState], CrawlState]] = {
    "discover": (Crawl.discover, frozenset({S.PLANNED}), S.DISCOVERING),
    "read": (Crawl.read, frozenset({S.DISCOVERING}), S.CRAWLING),
    "verify": (Crawl.verify, frozenset({S.CRAWLING}), S.VERIFYING),
    "judge": (lambda it: it.judge(Tally(), now=NOW), frozenset({S.VERIFYING}), S.PUBLISHING),
    "approve": (lambda it: it.approve(now=NOW), frozenset({S.BLOCKED}), S.PUBLISHING),
    "finish": (lambda it: it.finish(Tally(), now=NOW), frozenset({S.PUBLISHING}), S.DONE),
    "pause": (lambda it: it.pause(now=NOW), READING, S.PAUSED),
    "resume": (lambda it: it.resume(now=NOW), frozenset({S.PAUSED}), S.PLANNED),
    "cancel": (lambda it: it.cancel(now=NOW), frozenset(S) - ENDED, S.CANCELLED),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", CrawlState)
def test_each_step_has_its_states(step: str, state: CrawlState) -> None:
    take, before, after = STEPS[step]
    here = attrs.evolve(crawl(), state=state, events=())

    if state not in before:
        with pytest.raises(WrongCrawlState):
            take(here)
        return
    there = take(here)

    assert there.state is after
    assert (there.ended_at is not None) == there.is_over
    assert len(there.events) == (step not in {"discover", "read", "verify", "judge"})


def test_a_whole_life() -> None:
    here = crawl(kept_before=100).discover().pause(now=NOW).resume(now=NOW).discover()
    here = here.read().verify().judge(Tally(unchanged=80, gone=20), now=NOW)

    assert (here.state, here.reason) == (S.BLOCKED, "too_many_pages_lost")
    done = here.approve(now=NOW).finish(Tally(unchanged=80, gone=20), now=NOW)
    finished = done.events[-1]

    assert done.state is S.DONE
    assert [event.name for event in done.events] == [
        "crawl_started",
        "crawl_paused",
        "crawl_resumed",
        "crawl_blocked",
        "crawl_approved",
        "crawl_finished",
    ]
    assert isinstance(finished, CrawlFinished)
    assert (finished.found, finished.removed, finished.unchanged) == (100, 20, 80)


@pytest.mark.parametrize(
    ("kept_before", "tally", "reason"),
    [
        (0, Tally(), None),
        (0, Tally(added=50), None),
        (100, Tally(unchanged=90, gone=10), None),
        (100, Tally(unchanged=89, gone=11), "too_many_pages_lost"),
        (100, Tally(added=50, unchanged=50, gone=50), None),
        (9, Tally(unchanged=8, gone=1), "too_many_pages_lost"),
        (100, Tally(unchanged=90, failed=10), None),
        (100, Tally(unchanged=89, failed=11), "too_many_pages_failed"),
        (10, Tally(unchanged=1, failed=9), None),
        (0, Tally(failed=10), "too_many_pages_failed"),
    ],
)
def test_what_is_not_believed(kept_before: int, tally: Tally, reason: str | None) -> None:
    assert too_much(kept_before, tally) == reason


def test_a_site_begins_within_itself() -> None:
    elsewhere = attrs.evolve(
        site(), reading=attrs.evolve(site().reading, scope=Scope(within=("https://other/",)))
    )

    with pytest.raises(StartElsewhere):
        elsewhere.added(now=NOW)
    with pytest.raises(StartElsewhere):
        site().changed(into=elsewhere, now=NOW)


@pytest.mark.parametrize(("left", "reason"), [(90, None), (89, "too_many_passages_lost")])
def test_pages_that_say_less_are_not_believed(left: int, reason: str | None) -> None:
    here = attrs.evolve(crawl(kept_before=10), passages_before=100).discover().read().verify()

    assert here.judge(Tally(changed=10), passages=left, now=NOW).reason == reason
