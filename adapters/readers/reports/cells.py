"""Cells of reports, from what stands in columns."""

from typing import Any

from sqlalchemy import ColumnElement

from adapters.readers.reports.sql_report import Shown
from application.analytics.reports import CellKind


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
    return Shown(name=name, kind=CellKind.IDENTIFIER, cell=cell)


def seconds(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.SECONDS, cell=cell)


def share(name: str, cell: ColumnElement[Any]) -> Shown:
    return Shown(name=name, kind=CellKind.SHARE, cell=cell)
