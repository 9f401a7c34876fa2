"""What a pipeline does with each record."""

from collections.abc import Sequence
from enum import Enum

import attrs

from domain.pipelines.records import (
    LONGEST_TEXT,
    BadRecord,
    Record,
    extra,
    found,
    storable,
    text_of,
    unfolded,
)
from domain.pipelines.steps import Step, demand_all, transformed

LONGEST_KEY = 200


class Drift(Enum):
    """What becomes of a record with fields that nobody has said it has."""

    STRICT = "strict"
    IGNORE_EXTRA = "ignore_extra"
    QUARANTINE_ROW = "quarantine_row"


@attrs.frozen
class Drifted(Exception):
    """The source has fields that it had not, and nobody has said that it may."""

    fields: Sequence[str]

    def __str__(self) -> str:
        return f"unknown fields: {', '.join(self.fields)}"[:500]


@attrs.frozen(kw_only=True)
class Contract:
    """The fields that records have; without any, they may have what they like."""

    fields: tuple[str, ...] = ()
    drift: Drift = Drift.IGNORE_EXTRA

    def kept(self, record: Record) -> Record:
        """Raises Drifted or BadRecord."""
        unknown = extra(record, self.fields) if self.fields else ()
        if not unknown:
            return record
        if self.drift is Drift.STRICT:
            raise Drifted(unknown)
        if self.drift is Drift.QUARANTINE_ROW:
            raise BadRecord("unknown_field", unknown[0][:200], "is not a field of the contract")
        return {name: value for name, value in record.items() if name in self.fields}


@attrs.frozen(kw_only=True)
class Definition:
    """`key` is the field with the name that a record has where it comes from."""

    key: str
    steps: tuple[Step, ...] = ()
    contract: Contract = Contract()

    def demand(self) -> None:
        """Raises BadStep or BadPattern."""
        demand_all(self.steps)

    def name_of(self, record: Record) -> str:
        """Raises BadRecord if it has none."""
        value = found(record, self.key)
        name = "" if value is None else text_of(value, self.key).strip()
        if not name:
            raise BadRecord("without_key", self.key[:200], "has no name of its own")
        if storable(name, LONGEST_TEXT) != name:
            raise BadRecord("malformed_row", self.key[:200], "has characters that cannot be kept")
        if len(name) > LONGEST_KEY:
            raise BadRecord("too_long", self.key[:200], f"is longer than {LONGEST_KEY}")
        return name

    def mapped(self, record: Record) -> Record:
        """What it becomes, without what is empty: tables say so of what is not there.

        Raises Drifted, BadRecord or LeftOut.
        """
        said = transformed(self.contract.kept(record), self.steps)
        return unfolded({name: value for name, value in said.items() if value != ""})
