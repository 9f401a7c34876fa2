"""What is done with a record on its way: a closed set of steps, each pure and within bounds."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid
from domain.pipelines import casts
from domain.pipelines.casts import Into
from domain.pipelines.conditions import Condition, Scalar
from domain.pipelines.patterns import demand as demand_pattern
from domain.pipelines.patterns import matched
from domain.pipelines.records import (
    LONGEST_TEXT,
    BadRecord,
    LeftOut,
    Record,
    found,
    is_empty,
    put,
    text_of,
    without,
)


@attrs.frozen
class BadStep(Invalid):
    """`position` is that of the first step to blame, from 1."""

    code: ClassVar[str] = "bad_step"
    field: ClassVar[str] = "steps"
    position: int

    def __str__(self) -> str:
        return f"step {self.position} can never do what it is for: see its format, zone or names"


@attrs.frozen(kw_only=True)
class Step(ABC):
    """Those that are not `enabled` are kept, and passed over."""

    enabled: bool = True

    @abstractmethod
    def apply(self, record: Record) -> Record:
        """What it becomes. Raises BadRecord, or LeftOut for what goes no further."""

    def demand(self) -> None:  # noqa: B027  (most make sense whatever they say)
        """Raises ValueError or BadPattern if it makes no sense."""


@attrs.frozen(kw_only=True)
class Move(Step):
    """To another name, perhaps in a group; what is not there is not moved."""

    field: str
    to: str

    def apply(self, record: Record) -> Record:
        value = found(record, self.field)
        return record if value is None else put(without(record, self.field), self.to, value)


@attrs.frozen(kw_only=True)
class Drop(Step):
    fields: tuple[str, ...]

    def apply(self, record: Record) -> Record:
        for field in self.fields:
            record = without(record, field)
        return record


@attrs.frozen(kw_only=True)
class Constant(Step):
    field: str
    value: Scalar

    def apply(self, record: Record) -> Record:
        return put(record, self.field, self.value)


@attrs.frozen(kw_only=True)
class Default(Step):
    """Where there is nothing, or an empty text."""

    field: str
    value: Scalar

    def apply(self, record: Record) -> Record:
        if is_empty(found(record, self.field)):
            return put(record, self.field, self.value)
        return record


@attrs.frozen(kw_only=True)
class Cast(Step):
    """Nothing stays nothing."""

    field: str
    into: Into
    format: str = ""
    zone: str = ""

    def apply(self, record: Record) -> Record:
        value = found(record, self.field)
        if is_empty(value):
            return record
        cast = casts.cast(value, self.into, format=self.format, zone=self.zone, field=self.field)
        return put(record, self.field, cast)

    def demand(self) -> None:
        casts.demand(self.into, format=self.format, zone=self.zone)


@attrs.frozen(kw_only=True)
class LookUp(Step):
    """What the table has for the text; without `otherwise`, others are refused."""

    field: str
    table: Mapping[str, Scalar]
    otherwise: Scalar = None

    def apply(self, record: Record) -> Record:
        value = found(record, self.field)
        if is_empty(value):
            return record
        text = text_of(value, self.field)
        if text not in self.table and self.otherwise is None:
            raise BadRecord("not_in_table", self.field[:200], "is not in the table")
        return put(record, self.field, self.table.get(text, self.otherwise))


@attrs.frozen(kw_only=True)
class Concat(Step):
    """What there is of the fields, one after the other."""

    fields: tuple[str, ...]
    to: str
    between: str = " "

    def apply(self, record: Record) -> Record:
        values = ((found(record, field), field) for field in self.fields)
        texts = [text_of(value, field) for value, field in values if not is_empty(value)]
        if not texts:
            return record
        whole = self.between.join(texts)
        if len(whole) > LONGEST_TEXT:
            raise BadRecord("too_long", self.to[:200], f"is longer than {LONGEST_TEXT}")
        return put(record, self.to, whole)


@attrs.frozen(kw_only=True)
class Split(Step):
    """The last field gets what is left."""

    field: str
    separator: str
    into: tuple[str, ...]

    def apply(self, record: Record) -> Record:
        value = found(record, self.field)
        if is_empty(value):
            return record
        parts = text_of(value, self.field).split(self.separator, len(self.into) - 1)
        for name, part in zip(self.into, parts, strict=False):
            record = put(record, name, part.strip())
        return record

    def demand(self) -> None:
        if not self.separator or not self.into:
            raise ValueError("between nothing")


@attrs.frozen(kw_only=True)
class Match(Step):
    """Each named group of the pattern becomes a field; a text that does not match is refused."""

    field: str
    pattern: str
    into: Mapping[str, str]

    def apply(self, record: Record) -> Record:
        value = found(record, self.field)
        if is_empty(value):
            return record
        match = matched(self.pattern, text_of(value, self.field))
        if match is None:
            raise BadRecord("does_not_match", self.field[:200], "does not match the pattern")
        for group, text in match.groupdict().items():
            if text is not None and group in self.into:
                record = put(record, self.into[group], text)
        return record

    def demand(self) -> None:
        demand_pattern(self.pattern)
        for group in self.into:
            if f"(?P<{group}>" not in self.pattern:
                raise ValueError(group)


@attrs.frozen(kw_only=True)
class Keep(Step):
    """Records of which it holds go on; others are left out."""

    condition: Condition

    def apply(self, record: Record) -> Record:
        if not self.condition.holds(record):
            raise LeftOut
        return record

    def demand(self) -> None:
        self.condition.demand()


@attrs.frozen(kw_only=True)
class Demand(Step):
    """Records of which it does not hold are refused, with these words."""

    condition: Condition
    words: str = "breaks a rule of the pipeline"

    def apply(self, record: Record) -> Record:
        if not self.condition.holds(record):
            raise BadRecord("rule_broken", self.condition.field[:200], self.words)
        return record

    def demand(self) -> None:
        self.condition.demand()


STEPS: Mapping[str, type[Step]] = {
    "move": Move,
    "drop": Drop,
    "constant": Constant,
    "default": Default,
    "cast": Cast,
    "look_up": LookUp,
    "concat": Concat,
    "split": Split,
    "match": Match,
    "keep": Keep,
    "demand": Demand,
}


def transformed(record: Record, steps: Sequence[Step]) -> Record:
    """One step after the other. Raises BadRecord or LeftOut."""
    for step in steps:
        if step.enabled:
            record = step.apply(record)
    return record


def demand_all(steps: Sequence[Step]) -> None:
    """Raises BadStep or BadPattern."""
    for position, step in enumerate(steps, start=1):
        try:
            step.demand()
        except ValueError as error:
            raise BadStep(position) from error


def kind_of(step: Step) -> str:
    return next(name for name, kind in STEPS.items() if kind is type(step))
