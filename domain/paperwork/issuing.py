"""Which papers a booking should have, and which of them it does not have yet.

It goes by how the booking stands and by what is filed, not by what happened: done twice, late or
in another order it comes to the same.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import attrs

from domain.kernel.identifiers import BookingId, PaperId, ResourceId
from domain.kernel.money import Money, total
from domain.paperwork.bills import bill_of, credit, own_part
from domain.paperwork.contents import Bill, Content, Receipt, Voucher
from domain.paperwork.papers import Numbered, Paper, PaperKind
from domain.paperwork.sources import MoneyReceived, Sold
from domain.paperwork.terms import PaperTerms

CHANGED = "what was booked has changed"
CANCELLED = "the booking is cancelled"


@attrs.frozen(kw_only=True)
class Issuing:
    """What it takes to issue papers. `next_place` gives the next place in a series of a year."""

    terms: PaperTerms
    new_id: Callable[[], UUID]
    next_place: Callable[[str, int], int]
    now: datetime

    def numbered(self, series: str, content: Content) -> Numbered:
        year = content.zone.date_at(self.now).year
        return Numbered(series=series, year=year, place=self.next_place(series, year))


@attrs.frozen
class Filed:
    """The papers of one booking, oldest first, and invoices for several that others have."""

    papers: Sequence[Paper]
    joint: Sequence[Paper] = ()

    @classmethod
    def about(cls, booking_id: BookingId, papers: Sequence[Paper]) -> "Filed":
        """Of papers about several bookings, those about one."""
        own = [one for one in papers if one.booking_id == booking_id]
        others = [one for one in papers if one.booking_id != booking_id]
        return cls(own, joint=[one for one in others if booking_id in one.booking_ids])

    def of_kind(self, kind: PaperKind) -> list[Paper]:
        return [paper for paper in self.papers if paper.kind is kind]

    def standing(self, kind: PaperKind) -> Paper | None:
        found = [paper for paper in self.of_kind(kind) if paper.stands]
        return found[-1] if found else None

    def ordinal(self, kind: PaperKind) -> int:
        return len(self.of_kind(kind)) + 1

    @property
    def invoice(self) -> Paper | None:
        """The last one that is for this booking."""
        return max((*self.of_kind(PaperKind.INVOICE), *self.joint), key=_in_order, default=None)

    def open_on(self, invoice: Paper, booking_id: BookingId) -> Money:
        """What it asks for the booking, and what has not been taken back of that."""
        amount = bill_on(invoice).asked_for(booking_id)
        notes = (one for one in self.of_kind(PaperKind.CREDIT_NOTE) if one.corrects == invoice.id)
        return amount + total([_amount(note) for note in notes], currency=amount.currency)


def papers_due(sold: Sold, filed: Filed, issuing: Issuing) -> Sequence[Paper]:
    """New papers, and those that hold no longer."""
    return (*_vouchers(sold, filed, issuing), *_bills(sold, filed, issuing))


def receipts_due(
    sold: Sold, filed: Filed, issuing: Issuing, payment: MoneyReceived
) -> Sequence[Paper]:
    """One, unless there is one for that payment."""
    known = [one.content for one in filed.of_kind(PaperKind.RECEIPT)]
    if payment.id in {one.payment_id for one in known if isinstance(one, Receipt)}:
        return ()
    content = Receipt(
        issuer=issuing.terms.issuer_called(sold.seller),
        recipient=sold.recipient,
        reference=sold.reference,
        title=sold.title,
        starts_at=sold.starts_at,
        ends_at=sold.ends_at,
        zone=sold.zone,
        received=payment.amount,
        received_on=sold.zone.date_at(payment.captured_at),
        method=payment.method,
        payment_id=payment.id,
    )
    numbered = issuing.numbered(issuing.terms.receipts, content)
    return (_new(sold, filed, issuing, PaperKind.RECEIPT, content, numbered=numbered),)


def _vouchers(sold: Sold, filed: Filed, issuing: Issuing) -> Iterator[Paper]:
    standing = filed.standing(PaperKind.VOUCHER)
    wanted = _voucher(sold, issuing.terms) if sold.still_to_come else None
    if standing is not None and wanted is not None and standing.content == wanted:
        return
    if standing is not None and (wanted is not None or sold.cancelled):
        reason = CHANGED if wanted is not None else CANCELLED
        yield standing.withdraw(reason, now=issuing.now)
    if wanted is not None:
        yield _new(sold, filed, issuing, PaperKind.VOUCHER, wanted)


def _bills(sold: Sold, filed: Filed, issuing: Issuing) -> Iterator[Paper]:
    today = sold.zone.date_at(issuing.now)
    wanted = bill_of(sold, issuing.terms, today=today)
    invoice = filed.invoice
    left = None if invoice is None else filed.open_on(invoice, sold.booking_id)
    if invoice is None or left is None or left.minor <= 0:
        # Something of which all was taken back is owed again only if it is still promised.
        if sold.owed.minor > 0 and (sold.good or invoice is None):
            yield new_invoice(sold, filed, issuing, wanted)
        return
    if sold.cancelled and sold.owed < left:
        yield credit_note(sold, filed, issuing, invoice, left - sold.owed)
    elif sold.good and not own_part(bill_on(invoice), sold).asks_the_same(wanted):
        yield credit_note(sold, filed, issuing, invoice, left)
        if sold.owed.minor > 0:
            yield new_invoice(sold, filed, issuing, wanted)


def _voucher(sold: Sold, terms: PaperTerms) -> Voucher:
    promised = (
        f"{line.units} x {line.label}" if line.units > 1 else line.label
        for line in sold.lines
        if line.kind == "charge"
    )
    return Voucher(
        issuer=terms.issuer_called(sold.seller),
        recipient=sold.recipient,
        reference=sold.reference,
        title=sold.title,
        starts_at=sold.starts_at,
        ends_at=sold.ends_at,
        zone=sold.zone,
        kind=sold.kind,
        attendees=sold.attendees,
        promised=tuple(dict.fromkeys(promised)),
    )


def new_invoice(sold: Sold, filed: Filed, issuing: Issuing, bill: Bill) -> Paper:
    numbered = issuing.numbered(issuing.terms.invoices, bill)
    return _new(sold, filed, issuing, PaperKind.INVOICE, bill, numbered=numbered)


def credit_note(
    sold: Sold,
    filed: Filed,
    issuing: Issuing,
    invoice: Paper,
    amount: Money,
    *,
    because: str = "",
) -> Paper:
    reason = because or sold.reason or (CANCELLED if sold.cancelled else CHANGED)
    asked = own_part(bill_on(invoice), sold)
    bill = credit(asked, amount, number=invoice.number, reason=reason)
    numbered = issuing.numbered(issuing.terms.credit_notes, bill)
    note = _new(sold, filed, issuing, PaperKind.CREDIT_NOTE, bill, numbered=numbered)
    return attrs.evolve(note, corrects=invoice.id)


def _new(
    sold: Sold,
    filed: Filed,
    issuing: Issuing,
    kind: PaperKind,
    content: Content,
    *,
    numbered: Numbered | None = None,
) -> Paper:
    ordinal = filed.ordinal(kind)
    return new_paper(
        issuing,
        kind=kind,
        booking_id=sold.booking_id,
        resource_id=sold.resource_id,
        ordinal=ordinal,
        number=f"{sold.reference}-{ordinal}" if numbered is None else numbered.text,
        numbered=numbered,
        content=content,
    )


def new_paper(
    issuing: Issuing,
    *,
    kind: PaperKind,
    booking_id: BookingId,
    resource_id: ResourceId,
    ordinal: int,
    number: str,
    content: Content,
    numbered: Numbered | None = None,
) -> Paper:
    paper = Paper(
        id=PaperId(issuing.new_id()),
        kind=kind,
        booking_id=booking_id,
        resource_id=resource_id,
        ordinal=ordinal,
        number=number,
        numbered=numbered,
        content=content,
        issued_at=issuing.now,
    )
    return paper.issued()


def _in_order(invoice: Paper) -> tuple[datetime, int]:
    """Those of one moment by their numbers."""
    return invoice.issued_at, invoice.numbered.place if invoice.numbered else 0


def bill_on(paper: Paper) -> Bill:
    if not isinstance(paper.content, Bill):
        raise TypeError(paper.kind)
    return paper.content


def _amount(paper: Paper) -> Money:
    amount = paper.content.amount
    if amount is None:
        raise TypeError(paper.kind)
    return amount
