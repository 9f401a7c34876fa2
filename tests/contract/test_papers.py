"""Papers: numbered without gaps, kept as they were issued, and issued once."""

from collections.abc import Sequence
from datetime import datetime, timezone
from uuid import uuid4

import attrs
import pytest

from application.kernel.ports import Stale
from application.kernel.retry_stale import RetryStale
from application.paperwork.erase_papers import ErasePapers, ErasePapersHandler
from application.paperwork.issue_certificates import (
    IssueCertificates,
    IssueCertificatesHandler,
)
from application.paperwork.issue_papers import IssuePapers, IssuePapersHandler
from application.paperwork.ports import Printed
from domain.bookings.attendance import AttendeePresence, Mark, Place
from domain.bookings.booking import Booking
from domain.paperwork.contents import NOBODY, Bill
from domain.paperwork.issuing import Filed
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.refusals import NothingSold, PaperNotFound
from entrypoints.wiring.ambient import below
from tests.contract.courses import course
from tests.contract.crowds import race
from tests.contract.storages import Storage, Work
from tests.samples import DESK, FIRST_AID, NOW, OTHER_DESK, held, training

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

OVER = datetime(2026, 12, 11, tzinfo=timezone.utc)
MANY = 20


def issuing(storage: Storage) -> RetryStale[IssuePapers, Sequence[Paper]]:
    return RetryStale(
        IssuePapersHandler(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)
    )


async def confirmed(storage: Storage, *ids: int) -> list[Booking]:
    def save(work: Work) -> list[Booking]:
        every = [held(training(f"Guest {id}"), id=id).confirm(now=NOW) for id in ids]
        return [work.bookings.save(booking) for booking in every]

    return await storage.work(DESK, save)


async def changed(storage: Storage, booking: Booking) -> Booking:
    return await storage.work(DESK, lambda work: work.bookings.save(booking))


async def issued(storage: Storage, booking: Booking) -> Sequence[Paper]:
    return await issuing(storage)(IssuePapers(actor=DESK, booking_id=booking.id))


def numbers(papers: Sequence[Paper], kind: PaperKind = PaperKind.INVOICE) -> list[str]:
    return [paper.number for paper in papers if paper.kind is kind]


async def test_papers_come_back_as_they_were_issued(storage: Storage) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    papers = await issued(storage, booking)

    found = await storage.work(DESK, lambda work: work.papers.of_booking(booking.id))
    assert set(numbers(found, PaperKind.VOUCHER)) == {f"{booking.reference}-1"}
    assert {paper.id: paper for paper in found} == {paper.id: paper for paper in papers}
    paper = papers[0]
    assert await storage.work(DESK, lambda work: work.papers.get(paper.id)) == paper
    with pytest.raises(PaperNotFound):
        await storage.work(OTHER_DESK, lambda work: work.papers.get(paper.id))
    assert await storage.work(OTHER_DESK, lambda work: work.papers.of_booking(booking.id)) == []
    with pytest.raises(NothingSold):
        await storage.work(OTHER_DESK, lambda work: work.sources.sold(booking.id))


async def test_of_many_at_once_everybody_gets_the_next_number(storage: Storage) -> None:
    """Some of them undone at the last moment: no gap, and no number twice."""
    await course(storage)
    bookings = await confirmed(storage, *(n for n in range(1, 30) if n % 37 < 32))
    doomed = bookings[::4]

    async def fail(booking: Booking) -> None:
        def decide(work: Work) -> None:
            work.numbers.next("INV", 2026)
            raise NothingSold(booking.id)

        await storage.work(DESK, decide)

    issue = issuing(storage)
    kept = [booking for booking in bookings if booking not in doomed]
    outcomes = await race(
        [
            *(fail(booking) for booking in doomed),
            *(issue(IssuePapers(actor=DESK, booking_id=booking.id)) for booking in kept),
        ]
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, NothingSold)]
    assert len(refused) == len(doomed)
    given = [number for one in outcomes if isinstance(one, tuple) for number in numbers(one)]
    assert sorted(given) == [f"INV-2026-{place:05}" for place in range(1, len(kept) + 1)]


async def test_of_many_who_issue_the_same_paper_one_does(storage: Storage) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    command = IssuePapers(actor=DESK, booking_id=booking.id)
    issue = RetryStale(issuing(storage))

    outcomes = await race([issue(command) for _ in range(8)])

    assert {len(one) for one in outcomes if isinstance(one, tuple)} == {2}
    papers = await storage.work(DESK, lambda work: work.papers.of_booking(booking.id))
    assert numbers(papers) == ["INV-2026-00001"]
    assert (await storage.events()).count("paper_issued") == 2
    (other,) = await confirmed(storage, 2)
    assert numbers(await issued(storage, other)) == ["INV-2026-00002"]
    assert (await storage.jobs()).count("send_papers") == 2


async def test_the_second_of_two_who_change_a_paper_is_stale(storage: Storage) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    paper, *_ = await issued(storage, booking)
    await storage.work(DESK, lambda work: work.papers.save(paper.sent(now=NOW)))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.papers.save(paper.sent(now=NOW)))
    found = await storage.work(DESK, lambda work: work.papers.get(paper.id))
    assert (found.version, found.sent_at) == (2, NOW)


async def test_a_cancelled_booking_is_credited_and_its_voucher_withdrawn(
    storage: Storage,
) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    await issued(storage, booking)
    await changed(storage, booking.cancel_by_company(reason="snow", now=NOW))

    papers = await issued(storage, booking)
    assert numbers(papers, PaperKind.CREDIT_NOTE) == ["CN-2026-00001"]
    assert len(await issued(storage, booking)) == len(papers), "nothing is done twice"
    filed = Filed(papers)
    (invoice,) = filed.of_kind(PaperKind.INVOICE)
    (note,) = filed.of_kind(PaperKind.CREDIT_NOTE)
    assert filed.open_on(invoice, booking.id).minor == 0
    assert isinstance(note.content, Bill)
    assert (note.corrects, note.content.corrects) == (invoice.id, "INV-2026-00001")
    assert note.content.reason == "snow"
    assert filed.standing(PaperKind.VOUCHER) is None
    stored = await storage.work(DESK, lambda work: work.papers.get(invoice.id))
    assert stored == invoice, "an issued paper is never changed"


async def test_a_file_is_kept_once(storage: Storage) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    paper, *_ = await issued(storage, booking)
    first, second = (Printed(content=text, sha256="0" * 64, standard="") for text in (b"1", b"2"))

    def keep(work: Work) -> None:
        work.files.keep(paper, first)
        work.files.keep(paper, second)
        work.files.forget(paper)
        work.files.forget(paper)
        work.files.keep(paper, second)

    await storage.work(DESK, keep)


async def test_whose_a_paper_was_is_forgotten(storage: Storage) -> None:
    await course(storage)
    (booking,) = await confirmed(storage, 1)
    papers = await issued(storage, booking)
    erase = ErasePapersHandler(unit_of_work=storage.work, clock=lambda: NOW)

    assert await erase(ErasePapers(actor=DESK, booking_id=booking.id)) == len(papers)
    assert await erase(ErasePapers(actor=DESK, booking_id=booking.id)) == 0
    found = await storage.work(DESK, lambda work: work.papers.of_booking(booking.id))
    assert {paper.content.recipient for paper in found} == {NOBODY}
    assert {paper.number for paper in found} == {paper.number for paper in papers}
    assert "Guest" not in str([attrs.asdict(paper.content) for paper in found])


async def test_whoever_took_part_is_certified_once_it_is_over(storage: Storage) -> None:
    await course(storage)
    bookings = await confirmed(storage, 1, 2)
    await _marked(storage, bookings, AttendeePresence.PRESENT)
    command = IssueCertificates(actor=DESK, resource_id=FIRST_AID.id)

    assert await _certifying(storage, NOW)(command) == 0
    assert await _certifying(storage, OVER)(command) == 2
    assert await _certifying(storage, OVER)(command) == 0
    await _marked(storage, bookings[:1], AttendeePresence.ABSENT)
    assert await _certifying(storage, OVER)(command) == 1
    found = await storage.work(DESK, lambda work: work.papers.of_session(FIRST_AID.id))
    assert {paper.booking_id: paper.stands for paper in found} == {
        bookings[0].id: False,
        bookings[1].id: True,
    }
    assert len({paper.number for paper in found}) == 2
    assert (await storage.jobs()).count("send_papers") == 2, "everybody gets their own"


def _certifying(storage: Storage, now: datetime) -> IssueCertificatesHandler:
    return IssueCertificatesHandler(
        unit_of_work=storage.work,
        clock=lambda: now,
        new_id=uuid4,
        chance=below,
        url_of=lambda number: f"https://desk.example.com/certificates/{number}",
    )


async def _marked(
    storage: Storage, bookings: Sequence[Booking], presence: AttendeePresence
) -> None:
    def mark(work: Work) -> None:
        known = work.attendance.of(FIRST_AID.id)
        marks = [Mark(place=Place(one.id, 1), presence=presence) for one in bookings]
        work.attendance.save(known.mark(marks, bookings, now=NOW))

    await storage.work(DESK, mark)
