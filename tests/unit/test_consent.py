"""What whoever books agrees to."""

import attrs
import pytest

from domain.bookings.conditions import Conditions
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance, Consent, TermsNotAccepted
from tests.samples import NOW, agreement, held, hotel, quote

ON_TERMS = attrs.evolve(
    quote(), agreement=attrs.evolve(agreement(), conditions=Conditions(terms_version="7"))
)


def test_terms_are_accepted_in_their_version() -> None:
    agreed = ON_TERMS.accepted(now=NOW, acceptance=Acceptance(terms=True, marketing=True))

    assert agreed.consent == Consent(
        given_at=NOW, terms_accepted=True, terms_version="7", marketing_opt_in=True
    )


@pytest.mark.parametrize("acceptance", [NOTHING_ACCEPTED, Acceptance(marketing=True)])
def test_terms_have_to_be_accepted(acceptance: Acceptance) -> None:
    with pytest.raises(TermsNotAccepted, match="terms 7") as refused:
        ON_TERMS.accepted(now=NOW, acceptance=acceptance)

    assert refused.value.field == "terms_accepted"


def test_where_nothing_is_asked_nothing_is_kept() -> None:
    assert quote().accepted(now=NOW) == quote().agreement


def test_consent_outlives_a_change() -> None:
    agreed = ON_TERMS.accepted(now=NOW, acceptance=Acceptance(terms=True))
    booking = attrs.evolve(held(), agreement=agreed).confirm(now=NOW)

    moved = booking.reschedule(agreement(hotel(4, 6)), now=NOW)

    assert moved.agreement.consent == agreed.consent
