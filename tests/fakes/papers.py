"""Papers in memory."""

from collections.abc import Sequence

import attrs

from adapters.mapping.sold import session_of, sold_of
from application.bookings.payment_ports import PaperFees
from application.kernel.ports import Stale
from application.paperwork.ports import (
    PaperFiles,
    Papers,
    PaperSources,
    Printed,
    SeriesOfNumbers,
)
from domain.bookings.attendance import ATTENDING, Attendance
from domain.bookings.itinerary import ItineraryNotFound
from domain.kernel.identifiers import BookingId, ItineraryId, PaperId, ResourceId
from domain.kernel.money import Money, total
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.refusals import NothingSold, PaperNotFound
from domain.paperwork.sources import SessionHeld, Sold, SoldTogether
from tests.fakes.rows import Rows, found, next_version


@attrs.frozen
class MemoryPapers(Papers):
    rows: Rows

    def get(self, paper_id: PaperId) -> Paper:
        return found(self.rows.papers, paper_id, PaperNotFound)

    def of_booking(self, booking_id: BookingId) -> Sequence[Paper]:
        theirs = [one for one in self.rows.papers.values() if one.booking_id == booking_id]
        return sorted(theirs, key=lambda one: (one.issued_at, one.kind.value, one.ordinal))

    def about(self, booking_ids: Sequence[BookingId]) -> Sequence[Paper]:
        every = self.rows.papers.values()
        about = [one for one in every if not {*booking_ids}.isdisjoint(one.booking_ids)]
        return sorted(about, key=lambda one: (one.issued_at, one.kind.value, one.ordinal))

    def of_session(self, resource_id: ResourceId) -> Sequence[Paper]:
        theirs = [
            one
            for one in self.rows.papers.values()
            if one.resource_id == resource_id and one.kind is PaperKind.CERTIFICATE
        ]
        return sorted(theirs, key=lambda one: (one.issued_at, one.booking_id, one.ordinal))

    def save(self, paper: Paper) -> Paper:
        version = next_version(self.rows.papers.get(paper.id), paper.version)
        others = [one for one in self.rows.papers.values() if one.id != paper.id]
        if {_place(paper), paper.number} & {key for one in others for key in _keys(one)}:
            raise Stale("somebody else issued it")
        saved = attrs.evolve(paper, version=version, events=())
        self.rows.papers[paper.id] = saved
        self.rows.events.extend(paper.events)
        return saved


def _place(paper: Paper) -> tuple[BookingId, PaperKind, int]:
    return paper.booking_id, paper.kind, paper.ordinal


def _keys(paper: Paper) -> tuple[object, object]:
    return _place(paper), paper.number


@attrs.frozen
class MemoryPaperFees(PaperFees):
    rows: Rows

    def of(self, booking_id: BookingId, currency: str) -> Money:
        theirs = [one.fees for one in self.rows.papers.values() if one.booking_id == booking_id]
        fees = [fee for fee in theirs if fee is not None and fee.currency == currency]
        return total(fees, currency=currency)


@attrs.frozen
class MemorySeriesOfNumbers(SeriesOfNumbers):
    rows: Rows

    def next(self, series: str, year: int) -> int:
        place = self.rows.paper_series.get((series, year), 0) + 1
        self.rows.paper_series[series, year] = place
        return place


@attrs.frozen
class MemoryPaperFiles(PaperFiles):
    rows: Rows

    def keep(self, paper: Paper, printed: Printed) -> None:
        self.rows.paper_files.setdefault(paper.id, printed)

    def forget(self, paper: Paper) -> None:
        self.rows.paper_files.pop(paper.id, None)


@attrs.frozen
class MemoryPaperSources(PaperSources):
    rows: Rows

    def sold(self, booking_id: BookingId) -> Sold:
        return sold_of(found(self.rows.bookings, booking_id, NothingSold), seller="")

    def together(self, itinerary_id: ItineraryId) -> SoldTogether:
        itinerary = found(self.rows.itineraries, itinerary_id, ItineraryNotFound)
        return SoldTogether(
            reference=itinerary.reference.text,
            bookings=tuple(map(self.sold, sorted(itinerary.booking_ids))),
        )

    def session(self, resource_id: ResourceId) -> SessionHeld | None:
        resource = self.rows.resources.get(resource_id)
        if resource is None:
            return None
        staff = {claim.unit_id for claim in self.rows.unit_claims if claim.hold_id == resource_id}
        assets = (self.rows.assets[id] for id in staff if id in self.rows.assets)
        return session_of(
            resource,
            seller="",
            trainers=sorted(one.details.name for one in assets if one.details.kind == "trainer"),
            attendance=self.rows.attendance.get(resource_id, Attendance(resource_id=resource_id)),
            bookings=[
                booking
                for booking in self.rows.bookings.values()
                if booking.agreement.request.resource_id == resource_id
                and booking.state in ATTENDING
            ],
        )
