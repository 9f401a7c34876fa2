"""Values read as what they are meant to be, in the way their source writes them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone
from enum import Enum
from fractions import Fraction
from typing import Any

from domain.kernel.periods import UnknownZone, Zone
from domain.pipelines.conditions import number
from domain.pipelines.records import BadRecord, text_of

TRUE = frozenset({"true", "yes", "y", "1", "t"})
FALSE = frozenset({"false", "no", "n", "0", "f"})
MOST_DIGITS = 3


class Into(Enum):
    """`minor_units` is an amount of money as a whole number of cents, yen or fils."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    MINOR_UNITS = "minor_units"


def cast(value: Any, into: Into, *, format: str, zone: str, field: str) -> Any:
    """`format` is how days and moments are written, or how many digits a minor unit has.

    Moments without an offset are of the clock on the wall in `zone`. Raises BadRecord.
    """
    try:
        return CASTS[into](text_of(value, field).strip(), format, zone)
    except (ValueError, OverflowError) as error:
        detail = f"cannot be read as {into.value}"
        raise BadRecord("cannot_cast", field[:200], detail) from error


def demand(into: Into, *, format: str, zone: str) -> None:
    """Raises ValueError for a format or a zone that would fit nothing."""
    if zone:
        _zone(zone)
    if into is Into.MINOR_UNITS and format and int(format) not in range(MOST_DIGITS + 1):
        raise ValueError(format)


def _text(text: str, _format: str, _zone_name: str) -> str:
    return text


def _number(text: str, _format: str, _zone_name: str) -> float:
    return float(_exactly(text))


def _integer(text: str, _format: str, _zone_name: str) -> int:
    return _whole(_exactly(text))


def _minor_units(text: str, format: str, _zone_name: str) -> int:
    return _whole(_exactly(text) * 10 ** int(format or 2))


def _flag(text: str, _format: str, _zone_name: str) -> bool:
    said = text.casefold()
    if said not in TRUE | FALSE:
        raise ValueError(said)
    return said in TRUE


def _date(text: str, format: str, _zone_name: str) -> str:
    # A day has no zone.
    read = datetime.strptime(text, format).date() if format else date.fromisoformat(text)  # noqa: DTZ007
    return read.isoformat()


def _moment(text: str, format: str, zone_name: str) -> str:
    read = datetime.strptime(text, format) if format else datetime.fromisoformat(text)  # noqa: DTZ007
    if read.tzinfo is None:
        if not zone_name:
            raise ValueError("of which zone?")
        read = _zone(zone_name).moment(read.date(), read.time())
    return read.astimezone(timezone.utc).isoformat()


def _exactly(text: str) -> Fraction:
    exact = number(text)
    if exact is None:
        raise ValueError(text)
    return exact


def _whole(exact: Fraction) -> int:
    if exact.denominator != 1:
        raise ValueError("would have to be rounded")
    return exact.numerator


def _zone(name: str) -> Zone:
    try:
        return Zone(name)
    except UnknownZone as unknown:
        raise ValueError(name) from unknown


CASTS: Mapping[Into, Callable[[str, str, str], Any]] = {
    Into.TEXT: _text,
    Into.INTEGER: _integer,
    Into.NUMBER: _number,
    Into.FLAG: _flag,
    Into.DATE: _date,
    Into.MOMENT: _moment,
    Into.MINOR_UNITS: _minor_units,
}
