"""Named cards, and what comes of paying with each: as at Stripe, whose last digits they have."""

from enum import Enum

import attrs

from domain.payments.provider import Card


class Outcome(Enum):
    """What happens at once."""

    PAID = "paid"
    DECLINED = "declined"
    CHALLENGED = "challenged"
    SLOW = "slow"
    LATE = "late"


class Afterwards(Enum):
    """What comes of it later."""

    NOTHING = "nothing"
    REFUNDS_TAKE_TIME = "refunds_take_time"
    REFUNDS_FAIL = "refunds_fail"
    DISPUTED = "disputed"
    ASKED_ABOUT = "asked_about"


@attrs.frozen(kw_only=True)
class NamedCard:
    """`name` is what is chosen, `label` what is shown; there is no number to be entered."""

    name: str
    label: str
    last4: str
    outcome: Outcome = Outcome.PAID
    decline: str | None = None
    afterwards: Afterwards = Afterwards.NOTHING
    country: str = "US"

    @property
    def card(self) -> Card:
        return Card(brand="visa", last4=self.last4, country=self.country)


CARDS = {
    card.name: card
    for card in (
        NamedCard(name="success", label="Pay", last4="4242"),
        NamedCard(
            name="three_d_secure",
            label="Pay, the bank asks for confirmation (3-D Secure)",
            last4="3184",
            outcome=Outcome.CHALLENGED,
            country="DE",
        ),
        NamedCard(
            name="insufficient_funds",
            label="Declined: insufficient funds",
            last4="9995",
            outcome=Outcome.DECLINED,
            decline="insufficient_funds",
        ),
        NamedCard(
            name="declined",
            label="Declined",
            last4="0002",
            outcome=Outcome.DECLINED,
            decline="generic_decline",
        ),
        NamedCard(
            name="expired",
            label="Declined: the card has expired",
            last4="0069",
            outcome=Outcome.DECLINED,
            decline="expired_card",
        ),
        NamedCard(
            name="slow", label="Pay, known seconds later", last4="1117", outcome=Outcome.SLOW
        ),
        NamedCard(
            name="late",
            label="Pay, known when the booking is no longer held",
            last4="1118",
            outcome=Outcome.LATE,
        ),
        NamedCard(
            name="slow_refunds",
            label="Pay; refunds take their time",
            last4="7726",
            afterwards=Afterwards.REFUNDS_TAKE_TIME,
        ),
        NamedCard(
            name="failing_refunds",
            label="Pay; refunds fail later",
            last4="5126",
            afterwards=Afterwards.REFUNDS_FAIL,
        ),
        NamedCard(
            name="disputed",
            label="Pay, and dispute it as fraud",
            last4="0259",
            afterwards=Afterwards.DISPUTED,
        ),
        NamedCard(
            name="asked_about",
            label="Pay; the bank asks about it",
            last4="1976",
            afterwards=Afterwards.ASKED_ABOUT,
        ),
    )
}
