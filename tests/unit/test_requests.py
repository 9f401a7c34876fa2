"""What requests of all kinds have in common."""

import pytest

from domain.bookings.requests import KindFixed
from tests.samples import DOUBLE_ROOMS, FIRST_AID, NOW, hotel, training


def test_a_booking_may_become_another_of_its_kind() -> None:
    rooms = DOUBLE_ROOMS.offering

    hotel(1, 3).may_become(hotel(2, 5), offering_before=rooms, offering_after=rooms, now=NOW)


def test_a_booking_never_becomes_one_of_another_kind() -> None:
    with pytest.raises(KindFixed) as refused:
        hotel().may_become(
            training(),
            offering_before=DOUBLE_ROOMS.offering,
            offering_after=FIRST_AID.offering,
            now=NOW,
        )

    assert str(refused.value) == "a hotel booking cannot become a training booking: book anew"
