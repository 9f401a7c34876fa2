"""Programs that are wrong about money: each is found out by what is checked on a live database."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from application.bookings.giving_back import GivingBack
from application.payments.bookkeeping import Bookkeeping
from application.payments.taking_note import TakingNote
from domain.payments.ledger import Journal
from domain.payments.payment import Payment
from domain.payments.refunds import Refund
from entrypoints.wiring.container import Container
from tests.fakes.time import Time
from tests.http.desk import Desk, program
from tests.http.till import Till

pytestmark = pytest.mark.anyio


@pytest.fixture
async def container(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Container]:
    async with program(sqlite_url, clock, payments="simulator", data_dir=tmp_path) as container:
        yield container


class ForgetfulOfCaptures(Bookkeeping):
    def of_payment(
        self, before: Payment | None, after: Payment, *, now: datetime
    ) -> Iterator[Journal]:
        yield from super().of_payment(after, after, now=now)


class BooksHalf(Bookkeeping):
    """Of what is set aside, when it has an odd number of cents."""

    def of_refund(
        self, before: Refund | None, after: Refund, *, now: datetime
    ) -> Iterator[Journal]:
        half = attrs.evolve(after, amount=after.amount.percent(50))
        yield from super().of_refund(before, half if before is None else after, now=now)


class BooksTwice(TakingNote):
    def refund(self, work: Any, before: Refund | None, after: Refund) -> Refund:
        again = self.bookkeeping.of_refund(before, after, now=self.clock())
        work.ledger.write([attrs.evolve(one, about=f"{one.about}+") for one in again])
        return super().refund(work, before, after)


class KeepsWhatIsLeft(GivingBack):
    def surplus(self, *_: Any, **__: Any) -> None:
        return


def forgets(payments: Any) -> None:
    payments.bookkeeping.set_provides(ForgetfulOfCaptures)


def halves(payments: Any) -> None:
    payments.bookkeeping.set_provides(BooksHalf)


def doubles(payments: Any) -> None:
    payments.taking_note.set_provides(BooksTwice)


def keeps(payments: Any) -> None:
    payments.giving_back.set_provides(KeepsWhatIsLeft)


BUGS: Sequence[tuple[Callable[[Any], None], set[str]]] = [
    (forgets, {"captured_money_is_in_the_books"}),
    (halves, {"refunds_are_set_aside_in_the_books", "surplus_goes_back"}),
    (doubles, {"refunds_are_set_aside_in_the_books", "refunds_are_paid_in_the_books"}),
    (keeps, {"surplus_goes_back"}),
]


async def found_after_a_sale(container: Container, clock: Time) -> set[str]:
    """Paid for, cancelled and given back; by when the worker, if there were one, had long come."""
    till = Till(await Desk.opened(container, clock))
    booking, _ = await till.paid()
    await till.desk.step(booking, "cancel")
    await till.work(booking)
    await till.hear_about_money()
    clock.passes(timedelta(hours=1, seconds=1))
    findings = await container.verification()()
    return {finding.check for finding in findings} - {"jobs_are_handed_over"}


async def test_nothing_is_found_in_a_program_that_is_right(
    container: Container, clock: Time
) -> None:
    assert await found_after_a_sale(container, clock) == set()


@pytest.mark.parametrize(("bug", "checks"), BUGS, ids=[bug.__name__ for bug, _ in BUGS])
async def test_a_program_that_is_wrong_is_found_out(
    container: Container, clock: Time, bug: Callable[[Any], None], checks: set[str]
) -> None:
    bug(container.payments)

    assert await found_after_a_sale(container, clock) == checks
