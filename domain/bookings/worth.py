"""What was agreed, spread over the days that it is for."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from domain.bookings.agreement import Agreement
from domain.bookings.price import LineKind, Price
from domain.kernel.money import Money, total

OF_WHAT_IS_SOLD = frozenset({LineKind.CHARGE, LineKind.DISCOUNT})


def worth(price: Price) -> Money:
    """What is sold costs so much after discounts: without fees, and without taxes.

    Of taxes that the price contains, the part counts that is contained in just that.
    """
    sold = _sum(price, OF_WHAT_IS_SOLD)
    fees = _sum(price, frozenset({LineKind.FEE}))
    if min(sold.minor, fees.minor) < 0 or not sold.minor:
        return Money.zero(sold.currency)
    contained = total([one.amount for one in price.contained], currency=sold.currency)
    without, _ = (sold + fees - contained).allocate([sold.minor, fees.minor])
    return without


def worth_by_day(agreement: Agreement) -> Mapping[date, Money]:
    """To the minor unit: in proportion to what is charged for each day, or evenly."""
    days = agreement.request.days(agreement.period, agreement.zone).days
    charged = Counter[date]()
    for line in agreement.price.lines:
        if line.kind is LineKind.CHARGE and line.day is not None:
            charged[line.day] += line.amount.minor
    weights = [charged[day] for day in days]
    if sum(weights) <= 0 or min(weights) < 0:
        weights = [1] * len(days)
    return dict(zip(days, worth(agreement.price).allocate(weights), strict=True))


def _sum(price: Price, kinds: frozenset[LineKind]) -> Money:
    amounts = [line.amount for line in price.lines if line.kind in kinds]
    return total(amounts, currency=price.total.currency)
