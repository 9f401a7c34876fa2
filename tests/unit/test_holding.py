"""How long holds last."""

from datetime import timedelta

import pytest

from domain.bookings.conditions import USUAL_CONDITIONS, BadConditions, Conditions
from domain.bookings.life import HoldPurpose
from tests.samples import DAY, HOLD_POLICY, HOLD_TERMS, HOUR, MINUTE, pounds


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (HoldPurpose.PAYMENT, HOLD_TERMS.lasts),
        (HoldPurpose.OFFER, HOLD_TERMS.lasts),
        (HoldPurpose.INQUIRY, DAY),
        (HoldPurpose.APPROVAL, DAY),
    ],
)
def test_what_a_hold_waits_for_decides_how_long(purpose: HoldPurpose, lasts: timedelta) -> None:
    assert HOLD_POLICY.of(purpose, USUAL_CONDITIONS).lasts == lasts


@pytest.mark.parametrize(("own", "lasts"), [(5 * MINUTE, 5 * MINUTE), (3 * HOUR, HOUR)])
def test_a_product_has_its_own_time_within_the_cap(own: timedelta, lasts: timedelta) -> None:
    conditions = Conditions(held_for=own)

    assert HOLD_POLICY.of(HoldPurpose.PAYMENT, conditions).lasts == lasts
    assert HOLD_POLICY.of(HoldPurpose.PAYMENT, conditions).at_most == HOUR
    assert HOLD_POLICY.of(HoldPurpose.APPROVAL, conditions).lasts == DAY


def test_conditions_make_sense() -> None:
    with pytest.raises(BadConditions):
        Conditions(held_for=timedelta())
    with pytest.raises(BadConditions):
        Conditions(change_fee=pounds(-1))
