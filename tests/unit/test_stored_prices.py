"""What was stored before prices had discounts, fees and taxes is read as what it was."""

from typing import Any

from adapters.mapping.kinds import converter
from domain.bookings.agreement import Agreement
from domain.bookings.price import LineKind, Price
from tests.samples import agreement, pounds

STORED: dict[str, Any] = {
    "lines": [
        {
            "label": "night",
            "day": "2026-12-02",
            "units": 2,
            "unit_price": {"minor": 9000, "currency": "GBP"},
            "amount": {"minor": 18000, "currency": "GBP"},
        }
    ],
    "total": {"minor": 18000, "currency": "GBP"},
}


def test_prices_of_old_are_prices() -> None:
    price = converter.structure(STORED, Price)

    assert [line.kind for line in price.lines] == [LineKind.CHARGE]
    assert (price.total, price.kept, price.contained) == (pounds(180), pounds(0), ())


def test_agreements_of_old_are_agreements() -> None:
    stored = {**converter.unstructure(agreement()), "price": STORED}

    assert converter.structure(stored, Agreement).price == converter.structure(STORED, Price)
