"""What customers read."""

from datetime import datetime, timedelta, timezone

import attrs
import pytest

from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.notifications.messages import Undeliverable
from domain.notifications.notices import NothingToTell, NoticeLine, NoticeTax, Occasion
from domain.notifications.wording import when, written
from tests.samples_of_notifications import BOOKING, MESSAGE, NOTICE

LONDON = Zone("Europe/London")


def test_a_confirmation_says_everything_that_was_agreed() -> None:
    message = written(NOTICE, Occasion.CONFIRMED, id=MESSAGE.id)

    assert message.to == "ada@example.com"
    assert message.subject == "Booking FD0000001S confirmed: Paediatric first aid"
    assert message.text == (
        "Hello Ada Lovelace,\n"
        "\n"
        "your booking is confirmed.\n"
        "\n"
        "Reference: FD0000001S\n"
        "What: Paediatric first aid\n"
        "From: Thursday 26 March 2026, 09:00 (Europe/London, UTC+00:00)\n"
        "Until: Thursday 26 March 2026, 17:00 (Europe/London, UTC+00:00)\n"
        "\n"
        "Thursday 26 March 2026: 2 x seat, 90.00 GBP\n"
        "Total: 90.00 GBP\n"
        "\n"
        "The attached file puts the booking into your calendar.\n"
    )


def test_every_line_of_the_price_is_written_down() -> None:
    lines = (
        *NOTICE.lines,
        NoticeLine(kind="discount", label="code SPRING27", amount=Money(-900, "GBP")),
        NoticeLine(kind="fee", label="Lunch", units=2, amount=Money(2400, "GBP")),
        NoticeLine(kind="tax", label="Levy", amount=Money(100, "GBP")),
    )
    notice = attrs.evolve(
        NOTICE,
        lines=lines,
        total=Money(10600, "GBP"),
        contained=(NoticeTax(name="VAT", amount=Money(1750, "GBP")),),
    )

    assert (
        "Thursday 26 March 2026: 2 x seat, 90.00 GBP\n"
        "Discount: code SPRING27, -9.00 GBP\n"
        "Fee: 2 x Lunch, 24.00 GBP\n"
        "Tax: Levy, 1.00 GBP\n"
        "Total: 106.00 GBP\n"
        "Contains VAT: 17.50 GBP\n"
    ) in written(notice, Occasion.CONFIRMED, id=MESSAGE.id).text


def test_a_change_is_called_a_change() -> None:
    message = written(NOTICE, Occasion.CHANGED, id=MESSAGE.id)

    assert message.subject == "Booking FD0000001S changed: Paediatric first aid"
    assert "your booking has changed." in message.text


def test_a_cancellation_says_what_it_costs() -> None:
    notice = attrs.evolve(
        NOTICE, state="cancelled", fee=Money(3000, "GBP"), refund=Money(6000, "GBP")
    )
    text = written(notice, Occasion.CANCELLED, id=MESSAGE.id).text

    assert "your booking is cancelled." in text
    assert "\nCancellation fee: 30.00 GBP\nRefund: 60.00 GBP\n" in text


def test_names_and_titles_forge_no_lines() -> None:
    notice = attrs.evolve(
        NOTICE,
        contact_name="Ada\r\n\r\nRefund: 1000.00 GBP",
        title="First aid\r\nBcc: eve@example.com\u2028X",
    )
    message = written(notice, Occasion.CONFIRMED, id=MESSAGE.id)

    assert "\n" not in message.subject
    assert not [line for line in message.text.split("\n") if line.startswith(("Refund", "Bcc"))]
    assert len(message.text.splitlines()) == len(
        written(NOTICE, Occasion.CONFIRMED, id=MESSAGE.id).text.splitlines()
    )


def test_nobody_is_written_to_at_a_forged_address() -> None:
    notice = attrs.evolve(NOTICE, contact_email="ada@example.com\nBcc: eve@example.com")

    with pytest.raises(Undeliverable):
        written(notice, Occasion.CONFIRMED, id=MESSAGE.id)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-29T00:59+00:00", "00:59 (Europe/London, UTC+00:00)"),
        ("2026-03-29T01:00+00:00", "02:00 (Europe/London, UTC+01:00)"),
        ("2026-10-25T00:30+00:00", "01:30 (Europe/London, UTC+01:00)"),
        ("2026-10-25T01:30+00:00", "01:30 (Europe/London, UTC+00:00)"),
    ],
)
def test_times_are_those_of_the_clock_at_the_place(moment: str, words: str) -> None:
    assert when(datetime.fromisoformat(moment), LONDON).endswith(words)


def test_a_day_is_the_day_at_the_place() -> None:
    moment = datetime(2026, 12, 31, 23, tzinfo=timezone.utc)

    assert when(moment, Zone("Asia/Kathmandu")) == (
        "Friday 1 January 2027, 04:45 (Asia/Kathmandu, UTC+05:45)"
    )
    assert when(moment - timedelta(hours=12), Zone("America/St_Johns")).endswith("UTC-03:30)")


@pytest.mark.parametrize(
    ("state", "news"),
    [
        ("held", {Occasion.APPROVED, Occasion.OFFERED}),
        ("declined", {Occasion.DECLINED}),
        ("in_progress", {Occasion.CHANGED}),
        (
            "confirmed",
            {Occasion.CONFIRMED, Occasion.CHANGED, Occasion.DUE_SOON, Occasion.OVERDUE},
        ),
        ("cancelled", {Occasion.CANCELLED}),
        ("expired", set()),
    ],
)
def test_old_news_are_no_news(state: str, news: set[Occasion]) -> None:
    notice = attrs.evolve(NOTICE, state=state)

    assert {occasion for occasion in Occasion if notice.is_news_of(occasion)} == news


def test_whoever_is_granted_something_is_told_until_when_to_pay() -> None:
    notice = attrs.evolve(NOTICE, state="held", expires_at=NOTICE.starts_at - timedelta(days=2))

    text = written(notice, Occasion.APPROVED, id=MESSAGE.id).text

    assert "yours, once you have paid" in text
    assert "Please pay until: Tuesday 24 March 2026, 09:00 (Europe/London, UTC+00:00)" in text
    assert "calendar" not in text


def test_whoever_was_waiting_is_told_until_when_the_place_is_held() -> None:
    notice = attrs.evolve(NOTICE, state="held", expires_at=NOTICE.starts_at - timedelta(days=2))

    text = written(notice, Occasion.OFFERED, id=MESSAGE.id).text

    assert "we have a place for you" in text
    assert "We hold it for you until: Tuesday 24 March 2026, 09:00 (Europe/London" in text


def test_whoever_inquires_is_told_where_to_go_on_and_until_when() -> None:
    notice = attrs.evolve(
        NOTICE,
        state="held",
        expires_at=NOTICE.starts_at - timedelta(days=2),
        continuation="https://desk.example/inquiry#inquiry=c0ffee",
    )
    message = written(notice, Occasion.INQUIRED, id=MESSAGE.id)

    assert message.subject == "Booking FD0000001S held for you: Paediatric first aid"
    assert "without obligation" in message.text
    assert "We hold it for you until: Tuesday 24 March 2026, 09:00 (Europe/London" in message.text
    assert "\nTo go on with it: https://desk.example/inquiry#inquiry=c0ffee\n" in message.text
    assert notice.is_news_of(Occasion.INQUIRED)
    assert "c0ffee" not in repr(notice)


def test_whoever_is_declined_is_told_that_nothing_is_owed() -> None:
    message = written(attrs.evolve(NOTICE, state="declined"), Occasion.DECLINED, id=MESSAGE.id)

    assert message.subject == "Booking FD0000001S declined: Paediatric first aid"
    assert "You owe nothing." in message.text


def test_a_notice_tells_logs_nothing_about_anybody() -> None:
    assert "ada" not in repr(NOTICE).lower().replace("paediatric", "")


def test_a_booking_that_is_not_there_is_named() -> None:
    assert str(NothingToTell(BookingId(BOOKING))) == f"no booking {BOOKING} to write about"


def test_what_the_company_cancels_is_regretted_and_explained() -> None:
    notice = attrs.evolve(
        NOTICE,
        state="cancelled",
        fee=Money(0, "GBP"),
        refund=Money(9000, "GBP"),
        cancelled_by_company=True,
        reason="the trainer is ill\nRefund: 1000000.00 GBP",
    )
    text = written(notice, Occasion.CANCELLED, id=MESSAGE.id).text

    assert "we are sorry" in text
    assert "The reason: the trainer is ill Refund: 1000000.00 GBP\n" in text
    assert "Refund: 90.00 GBP\n" in text
