"""Bills, made of what was sold and what is taken back of it."""

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money, total
from domain.paperwork.contents import Bill, BillLine, BillPart, BillTax
from domain.paperwork.sources import Sold, SoldLine
from domain.paperwork.terms import PaperTerms

TAX = "tax"
CHANGES = "Fees for changes"
KEPT = "Cancellation fee"


def bill_of(sold: Sold, terms: PaperTerms, *, today: date) -> Bill:
    """For all that is owed, as it stands."""
    whole = Bill(
        issuer=terms.issuer_called(sold.seller),
        recipient=sold.recipient,
        reference=sold.reference,
        title=sold.title,
        starts_at=sold.starts_at,
        ends_at=sold.ends_at,
        zone=sold.zone,
        attendees=sold.attendees,
        lines=tuple(map(_line, (line for line in sold.lines if line.kind != TAX))),
        taxes=_taxes(sold),
        total=sold.price,
        due_on=terms.due_on(today),
    )
    if sold.cancelled:
        whole = part_of(whole, sold.kept or Money.zero(sold.price.currency), label=KEPT)
    return _with_fees(whole, sold.change_fees)


def credit(invoice: Bill, amount: Money, *, number: str, reason: str) -> Bill:
    """Takes `amount` back of the invoice that has the number."""
    whole = amount == invoice.total
    label = f"Credit for {invoice.title}"
    part = invoice if whole else part_of(invoice, amount, label=label)
    return attrs.evolve(
        part,
        lines=tuple(
            attrs.evolve(line, unit_price=-line.unit_price, amount=-line.amount)
            for line in part.lines
        ),
        taxes=tuple(attrs.evolve(tax, amount=-tax.amount) for tax in part.taxes),
        total=-part.total,
        due_on=None,
        corrects=number,
        reason=reason,
    )


def joint_bill(
    lead: Sold, bills: Mapping[BookingId, Bill], terms: PaperTerms, *, reference: str, today: date
) -> Bill:
    """Of all of them, for whoever has booked the first."""
    every = bills.values()
    parts = tuple(
        BillPart(
            booking_id=booking_id,
            reference=bill.reference,
            title=bill.title,
            starts_at=bill.starts_at,
            ends_at=bill.ends_at,
            lines=bill.lines,
            taxes=bill.taxes,
            total=bill.total,
        )
        for booking_id, bill in bills.items()
    )
    return Bill(
        issuer=terms.issuer_called(lead.seller),
        recipient=lead.recipient,
        reference=reference,
        title=", ".join(dict.fromkeys(bill.title for bill in every)),
        starts_at=min(bill.starts_at for bill in every),
        ends_at=max(bill.ends_at for bill in every),
        zone=lead.zone,
        lines=tuple(
            attrs.evolve(line, label=f"{bill.reference}: {line.label}")
            for bill in every
            for line in bill.lines
        ),
        taxes=_added_up([tax for bill in every for tax in bill.taxes]),
        total=total([bill.total for bill in every], currency=lead.price.currency),
        due_on=terms.due_on(today),
        parts=parts,
    )


def own_part(invoice: Bill, sold: Sold) -> Bill:
    """What it asks for one booking, and of whom that is."""
    part = next((one for one in invoice.parts if one.booking_id == sold.booking_id), None)
    if part is None:
        return invoice
    return attrs.evolve(
        invoice,
        recipient=sold.recipient,
        attendees=sold.attendees,
        reference=part.reference,
        title=part.title,
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        zone=sold.zone,
        lines=part.lines,
        taxes=part.taxes,
        total=part.total,
        parts=(),
    )


def part_of(bill: Bill, amount: Money, *, label: str) -> Bill:
    """In one line, with its share of every tax, so that no cent is lost."""
    weights = [*(tax.amount.minor for tax in bill.taxes), bill.net.minor]
    *shares, net = amount.allocate(weights) if sum(weights) > 0 else (amount,)
    taxes = tuple(
        attrs.evolve(tax, amount=share) for tax, share in zip(bill.taxes, shares, strict=False)
    )
    shown = net
    for tax in taxes:
        if tax.included:
            shown += tax.amount
    return attrs.evolve(
        bill,
        lines=(BillLine(label=label, unit_price=shown, amount=shown),),
        taxes=taxes,
        total=amount,
    )


def _line(line: SoldLine) -> BillLine:
    return BillLine(
        label=line.label,
        day=line.day,
        units=line.units,
        unit_price=line.unit_price,
        amount=line.amount,
    )


def _taxes(sold: Sold) -> tuple[BillTax, ...]:
    contained = (
        BillTax(name=tax.name, basis_points=tax.basis_points, included=True, amount=tax.amount)
        for tax in sold.contained
    )
    added = (
        BillTax(name=line.label, basis_points=None, included=False, amount=line.amount)
        for line in sold.lines
        if line.kind == TAX
    )
    return (*contained, *added)


def _added_up(taxes: Sequence[BillTax]) -> tuple[BillTax, ...]:
    """One of each kind."""
    found: dict[tuple[object, ...], BillTax] = {}
    for tax in taxes:
        kind = (tax.name, tax.basis_points, tax.included)
        known = found.get(kind)
        found[kind] = tax if known is None else attrs.evolve(tax, amount=known.amount + tax.amount)
    return tuple(found.values())


def _with_fees(bill: Bill, fees: Money | None) -> Bill:
    if fees is None or not fees.minor:
        return bill
    line = BillLine(label=CHANGES, unit_price=fees, amount=fees)
    return attrs.evolve(bill, lines=(*bill.lines, line), total=bill.total + fees)
