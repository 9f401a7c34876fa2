"""The examples of prices are reckoned anew."""

import json
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.bookings.adjustments import Circumstances
from domain.bookings.discounts import Discount
from domain.bookings.price import Price
from domain.bookings.pricing import RatePlan
from domain.bookings.requests import Charge
from domain.kernel.money import Money
from entrypoints.http.adjustment_shapes import AdjustmentsInput
from entrypoints.http.discount_code_shapes import CodeTermsInput
from tests.docs.documents import FENCE, ROOT

GUIDE = (ROOT / "docs/guides/prices.md").read_text()
EXAMPLES = [json.loads(block) for _, language, block in FENCE.findall(GUIDE) if language == "json"]


def reckoned(example: Any) -> Price:
    charged = Price.of(
        (
            line
            for number, charge in enumerate(example["charges"])
            for line in _a_day(number, charge)
        ),
        currency="EUR",
    )
    adjustments = msgspec.convert(example["adjustments"], AdjustmentsInput).adjustments("EUR")
    return adjustments.made_to(
        charged,
        Circumstances(
            party=example["party"], days_ahead=example["days_ahead"], discount=_discount(example)
        ),
    )


def _a_day(number: int, charge: Any) -> Any:
    day = date(2027, 5, 14) + timedelta(days=number)
    rates = RatePlan(price=Money(charge["price_minor"], "EUR"))
    return rates.price_of([Charge(day=day, units=charge["units"], label="night")]).lines


def _discount(example: Any) -> Discount | None:
    if "code" not in example:
        return None
    terms = msgspec.convert(example["code"], CodeTermsInput).terms()
    return Discount(label="code SPRING27", worth=terms.worth)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_are_right(example: Any) -> None:
    price = reckoned(example)

    assert [
        {"kind": line.kind.value, "label": line.label, "minor": line.amount.minor}
        for line in price.lines
    ] == example["lines"]
    assert [{"name": tax.name, "minor": tax.amount.minor} for tax in price.contained] == example[
        "contained"
    ]
    assert price.total == Money(example["total_minor"], "EUR")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 2
