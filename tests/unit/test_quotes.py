"""A price is promised for a while."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.bookings.quotes import Quote, QuoteExpired
from domain.kernel.identifiers import QuoteId
from tests.samples import DAY, MINUTE, NOW, SECOND, agreement, quote

ID = QuoteId(UUID(int=301))


CLOSES_AT = NOW + 3 * DAY


def promised(good_for: timedelta) -> Quote:
    return Quote.promise(ID, agreement(), now=NOW, good_for=good_for, closes_at=CLOSES_AT)


def test_a_quote_is_good_for_some_time() -> None:
    assert promised(30 * MINUTE).expires_at == NOW + 30 * MINUTE


def test_a_quote_is_not_good_for_what_can_no_longer_be_booked() -> None:
    assert promised(3 * DAY).expires_at == promised(1000 * DAY).expires_at == CLOSES_AT


def test_what_was_quoted_is_what_is_agreed() -> None:
    assert quote().accepted(now=quote().expires_at - SECOND) == agreement()


@pytest.mark.parametrize("late", [timedelta(), SECOND])
def test_a_price_binds_until_its_time_is_up(late: timedelta) -> None:
    expires_at = quote().expires_at
    with pytest.raises(QuoteExpired) as refused:
        quote().accepted(now=expires_at + late)

    assert (refused.value.quote_id, refused.value.expired_at) == (ID, expires_at)
    assert expires_at.isoformat() in str(refused.value)
