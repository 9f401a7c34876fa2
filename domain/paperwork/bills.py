"""Bills, made of what was sold and what is taken back of it."""

from datetime import date

import attrs

from domain.kernel.money import Money
from domain.paperwork.contents import Bill, BillLine, BillTax
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


def _with_fees(bill: Bill, fees: Money | None) -> Bill:
    if fees is None or not fees.minor:
        return bill
    line = BillLine(label=CHANGES, unit_price=fees, amount=fees)
    return attrs.evolve(bill, lines=(*bill.lines, line), total=bill.total + fees)
