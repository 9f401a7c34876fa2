"""Discount codes in SQL."""

import attrs
from sqlalchemy import Connection

from adapters.mapping.discount_codes import (
    discount_code_named,
    discount_code_of,
    one_discount_code,
)
from adapters.mapping.kinds import converter
from adapters.schema.discount_codes import discount_codes
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.ports import DiscountCodes
from domain.bookings.discount_codes import (
    DiscountCode,
    DiscountCodeNotFound,
    DiscountCodeTaken,
    UnknownDiscountCode,
)
from domain.kernel.identifiers import DiscountCodeId


@attrs.frozen
class SqlDiscountCodes(DiscountCodes):
    scope: Scope

    def get(self, discount_code_id: DiscountCodeId) -> DiscountCode:
        key = {"p_organization_id": self.scope.organization_id, "p_id": discount_code_id}
        row = self.scope.ask(one_discount_code(), key).one_or_none()
        if row is None:
            raise DiscountCodeNotFound(discount_code_id)
        return discount_code_of(row)

    def named(self, code: str) -> DiscountCode:
        key = {"p_organization_id": self.scope.organization_id, "p_code": code}
        row = self.scope.ask(discount_code_named(), key).one_or_none()
        if row is None:
            raise UnknownDiscountCode(code)
        return discount_code_of(row)

    def save(self, code: DiscountCode) -> DiscountCode:
        self._explain_duplicate(code)
        version = store(
            self.scope,
            discount_codes,
            code.id,
            code.version,
            code=code.code,
            active=code.active,
            terms=converter.unstructure(code.terms),
        )
        EventLog(self.scope).publish(code.events)
        return attrs.evolve(code, version=version, events=())

    def _explain_duplicate(self, code: DiscountCode) -> None:
        def taken(connection: Connection) -> None:
            key = {"p_organization_id": self.scope.organization_id, "p_code": code.code}
            row = connection.execute(discount_code_named(), key).one_or_none()
            if row is not None and row.id != code.id:
                raise DiscountCodeTaken(code.code)

        self.scope.explain(discount_codes, taken)
