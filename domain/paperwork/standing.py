"""What has become of a paper, in one word, and what is open on an invoice."""

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money, total
from domain.paperwork.contents import Certificate
from domain.paperwork.papers import Paper, PaperKind


@attrs.frozen(kw_only=True)
class Settlement:
    """What has come in for a booking, and what of it has gone back."""

    paid: Money
    refunded: Money


def settlement_of(
    booking_ids: Iterable[BookingId], settled: Mapping[BookingId, Settlement]
) -> Settlement | None:
    """Of all of them together."""
    found = [settled[id] for id in booking_ids if id in settled]
    if not found:
        return None
    currency = found[0].paid.currency
    return Settlement(
        paid=total([one.paid for one in found], currency=currency),
        refunded=total([one.refunded for one in found], currency=currency),
    )


@attrs.frozen(kw_only=True)
class Standing:
    """`credited` is what was taken back of an invoice, above zero; `due` is left of it to pay.

    Both are None for whatever is no invoice.
    """

    state: str
    credited: Money | None = None
    due: Money | None = None


def standing(
    paper: Paper, *, credited: Money | None, settlement: Settlement | None, today: date
) -> Standing:
    """Vouchers are `issued` or `withdrawn`; certificates `active`, `expired` or `revoked`;
    invoices `issued`, `paid`, `void` (taken back, with nothing paid) or `refunded`; all others
    `issued`.
    """
    if paper.kind is PaperKind.INVOICE:
        return _of_invoice(paper, credited, settlement)
    return Standing(state=_state(paper, today))


def _state(paper: Paper, today: date) -> str:
    if isinstance(paper.content, Certificate):
        if not paper.stands:
            return "revoked"
        return "expired" if paper.content.expires_on < today else "active"
    return "issued" if paper.stands else "withdrawn"


def _of_invoice(paper: Paper, credited: Money | None, settlement: Settlement | None) -> Standing:
    amount = paper.content.amount
    if amount is None:
        raise TypeError(paper.kind)
    nothing = Money.zero(amount.currency)
    back = credited or nothing
    paid = nothing if settlement is None else settlement.paid - settlement.refunded
    due = max(nothing, amount - back - paid)
    return Standing(state=_word(amount - back, due, settlement), credited=back, due=due)


def _word(left: Money, due: Money, settlement: Settlement | None) -> str:
    ever_paid = settlement is not None and settlement.paid.minor > 0
    if left.minor <= 0:
        return "refunded" if ever_paid else "void"
    return "paid" if due.minor <= 0 and ever_paid else "issued"
