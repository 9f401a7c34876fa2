"""For how long nothing was stored of a crawl of which pages are being read."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.documentation.crawls_here import CrawlsHere
from tests.fakes.time import Time
from tests.samples import NOW

FIRST, SECOND = UUID(int=1), UUID(int=2)
MINUTE = timedelta(minutes=1)


def test_whoever_reads_nothing_is_not_quiet() -> None:
    clock = Time(NOW)
    here = CrawlsHere(clock)
    with here.share():
        clock.passes(MINUTE)
        assert here.quiet_for() == timedelta()


def test_it_counts_from_when_a_page_was_begun() -> None:
    clock = Time(NOW)
    here = CrawlsHere(clock)
    with here.share() as share:
        clock.passes(MINUTE)
        with share.reading(FIRST):
            clock.passes(2 * MINUTE)
            assert here.quiet_for() == 2 * MINUTE
        assert here.quiet_for() == timedelta()


def test_what_another_hand_stores_breaks_the_silence() -> None:
    clock = Time(NOW)
    here = CrawlsHere(clock)
    with here.share() as share, share.reading(FIRST):
        clock.passes(2 * MINUTE)
        with share.reading(SECOND):
            share.stored()
        clock.passes(MINUTE)
        assert here.quiet_for() == MINUTE


def test_one_crawl_that_gets_on_hides_no_other() -> None:
    clock = Time(NOW)
    here = CrawlsHere(clock)
    with (
        here.share() as stuck,
        here.share() as other,
        stuck.reading(FIRST),
        other.reading(FIRST),
    ):
        clock.passes(3 * MINUTE)
        other.stored()
        assert here.quiet_for() == 3 * MINUTE


def test_a_crawl_that_has_failed_is_quiet_no_more() -> None:
    clock = Time(NOW)
    here = CrawlsHere(clock)

    def fails() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError), here.share() as share, share.reading(FIRST):
        clock.passes(MINUTE)
        fails()
    assert here.quiet_for() == timedelta()
