"""Discount codes in memory."""

import attrs

from application.bookings.ports import DiscountCodes
from domain.bookings.discount_codes import (
    DiscountCode,
    DiscountCodeNotFound,
    DiscountCodeTaken,
    UnknownDiscountCode,
)
from domain.kernel.identifiers import DiscountCodeId
from tests.fakes.rows import Rows, found, next_version


@attrs.frozen
class MemoryDiscountCodes(DiscountCodes):
    rows: Rows

    def get(self, discount_code_id: DiscountCodeId) -> DiscountCode:
        return found(self.rows.discount_codes, discount_code_id, DiscountCodeNotFound)

    def named(self, code: str) -> DiscountCode:
        by_name = {each.code: each for each in self.rows.discount_codes.values()}
        return found(by_name, code, UnknownDiscountCode)

    def save(self, code: DiscountCode) -> DiscountCode:
        version = next_version(self.rows.discount_codes.get(code.id), code.version)
        others = (other for id, other in self.rows.discount_codes.items() if id != code.id)
        if code.code in {other.code for other in others}:
            raise DiscountCodeTaken(code.code)
        saved = attrs.evolve(code, version=version, events=())
        self.rows.discount_codes[code.id] = saved
        self.rows.events.extend(code.events)
        return saved
