"""Bills add up, whatever is taken back of them and whatever they contain."""

from datetime import date, datetime, timedelta, timezone

import attrs
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import Money, total
from domain.kernel.periods import Zone
from domain.paperwork.bills import credit, part_of
from domain.paperwork.contents import Bill, BillLine, BillTax, Issuer, Recipient
from domain.paperwork.sources import SessionHeld
from domain.paperwork.terms import PaperTerms
from tests.samples import FIRST_AID

NOON = datetime(2027, 3, 20, 12, tzinfo=timezone.utc)
BILL = Bill(
    issuer=Issuer(name="Harbour Training"),
    recipient=Recipient(name="Ana Sousa", email="ana@example.com"),
    reference="FD0000001S",
    title="First aid",
    starts_at=NOON,
    ends_at=NOON + timedelta(hours=7),
    zone=Zone("Europe/London"),
    lines=(),
    total=Money(0, "EUR"),
)
AMOUNTS = st.integers(0, 10**9)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    net, included, added = draw(AMOUNTS), draw(AMOUNTS), draw(AMOUNTS)
    return attrs.evolve(
        BILL,
        lines=(
            BillLine(label="seat", unit_price=euro(net + included), amount=euro(net + included)),
        ),
        taxes=(
            BillTax(name="VAT", basis_points=2000, included=True, amount=euro(included)),
            BillTax(name="City tax", basis_points=None, included=False, amount=euro(added)),
        ),
        total=euro(net + included + added),
    )


def adds_up(bill: Bill) -> bool:
    lines = total([line.amount for line in bill.lines], currency="EUR")
    added = total([tax.amount for tax in bill.taxes if not tax.included], currency="EUR")
    taxes = total([tax.amount for tax in bill.taxes], currency="EUR")
    return lines + added == bill.total == bill.net + taxes


@given(bill=bills(), share=st.integers(0, 100))
def test_a_part_adds_up_like_the_whole(bill: Bill, share: int) -> None:
    part = part_of(bill, bill.total.percent(share), label="part")

    assert adds_up(bill)
    assert adds_up(part)
    assert all(tax.amount.minor >= 0 for tax in part.taxes)


@given(bill=bills(), share=st.integers(0, 100))
def test_what_is_taken_back_is_the_same_below_zero(bill: Bill, share: int) -> None:
    amount = bill.total.percent(share)
    note = credit(bill, amount, number="INV-2027-00001", reason="snow")

    assert adds_up(note)
    assert (note.total, note.corrects, note.due_on) == (-amount, "INV-2027-00001", None)


def test_all_of_it_is_taken_back_line_by_line() -> None:
    line = BillLine(label="seat", units=2, unit_price=euro(9900), amount=euro(19800))
    bill = attrs.evolve(BILL, lines=(line,), total=euro(19800))
    note = credit(bill, bill.total, number="INV-2027-00001", reason="snow")

    assert [(one.label, one.units, one.amount) for one in note.lines] == [
        ("seat", 2, euro(-19800))
    ]


def test_certificates_last_three_years_and_those_of_refreshers_one() -> None:
    terms = PaperTerms()
    day = date(2027, 3, 20)

    assert terms.expires_on(day, refresher=False) == date(2030, 3, 20)
    assert terms.expires_on(day, refresher=True) == date(2028, 3, 20)
    assert terms.expires_on(date(2028, 2, 29), refresher=True) == date(2029, 2, 28)


def test_a_refresher_is_one_by_its_level_or_its_category() -> None:
    def session(level: str, category: str) -> SessionHeld:
        return SessionHeld(
            resource_id=FIRST_AID.id,
            title="First aid",
            level=level,
            category=category,
            starts_at=NOON,
            ends_at=NOON,
            zone=Zone("Europe/London"),
            seller="",
        )

    assert session("Refresher", "").refresher
    assert session("", "REFRESHER").refresher
    assert not session("beginners", "health").refresher
