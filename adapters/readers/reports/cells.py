"""Cells of reports, from what stands in columns."""

from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, ColumnElement, Dialect, Integer, TypeDecorator, Uuid, type_coerce
from sqlalchemy.types import TypeEngine

from adapters.readers.reports.sql_report import Shown
from application.analytics.reports import CellKind

NOT_KNOWN = -1
WHOLE = 1000


class Share(TypeDecorator[float]):
    """Whole thousandths, of which one too few is not known."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> float | None:
        return None if value is None or value == NOT_KNOWN else value / WHOLE


class Identifier(TypeDecorator[UUID | str]):
    """As text where that is what there is: making an object of each costs more than the rest."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else CHAR(32))

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | str | None:
        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


class Seconds(TypeDecorator[int]):
    """Of which one too few is not known."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value == NOT_KNOWN else value


def text(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.TEXT, cell=cell)


def number(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.NUMBER, cell=cell)


def money(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.MONEY, cell=cell)


def moment(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.MOMENT, cell=cell)


def flag(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.FLAG, cell=cell)


def identifier(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.IDENTIFIER, cell=type_coerce(cell, Identifier()))


def seconds(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.SECONDS, cell=type_coerce(cell, Seconds()))


def share(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.SHARE, cell=type_coerce(cell, Share()))
