"""One invoice for several bookings, instead of one for each.

It is asked for; from then on it is the invoice of each of them, and what becomes of a booking is
set right on it as on one of its own.
"""

from collections.abc import Mapping, Sequence

from domain.kernel.identifiers import BookingId
from domain.paperwork.bills import bill_of, joint_bill
from domain.paperwork.contents import Bill
from domain.paperwork.issuing import Filed, Issuing, bill_on, credit_note, new_invoice
from domain.paperwork.papers import Paper
from domain.paperwork.sources import Sold, SoldTogether

TOGETHER = "it is invoiced together with others"
FEWEST = 2

FiledOf = Mapping[BookingId, Filed]


def joint_papers_due(
    together: SoldTogether, filed: FiledOf, issuing: Issuing
) -> Sequence[Paper] | None:
    """What other invoices ask for is taken back of them, so that nothing is asked for twice.

    Nothing if it is there already; None if there are not several that owe anything.
    """
    owing = [sold for sold in together.bookings if sold.owed.minor > 0]
    if len(owing) < FEWEST:
        return None
    today = owing[0].zone.date_at(issuing.now)
    bills = {sold.booking_id: bill_of(sold, issuing.terms, today=today) for sold in owing}
    lead = owing[0]
    wanted = joint_bill(lead, bills, issuing.terms, reference=together.reference, today=today)
    if _is_there(wanted, filed[lead.booking_id].invoice, owing, filed):
        return ()
    notes = [note for sold in owing for note in _taken_back(sold, filed, issuing)]
    return (*notes, new_invoice(lead, filed[lead.booking_id], issuing, wanted))


def _is_there(wanted: Bill, invoice: Paper | None, owing: Sequence[Sold], filed: FiledOf) -> bool:
    if invoice is None or not bill_on(invoice).asks_the_same(wanted):
        return False
    for sold in owing:
        known = filed[sold.booking_id]
        if known.invoice != invoice or known.open_on(invoice, sold.booking_id) != sold.owed:
            return False
    return True


def _taken_back(sold: Sold, filed: FiledOf, issuing: Issuing) -> Sequence[Paper]:
    known = filed[sold.booking_id]
    invoice = known.invoice
    if invoice is None:
        return ()
    left = known.open_on(invoice, sold.booking_id)
    if left.minor <= 0:
        return ()
    return (credit_note(sold, known, issuing, invoice, left, because=TOGETHER),)
