"""Evaluation forms: what is asked about a call, and what the answers are worth."""

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.bands import USUAL_BANDS, Band, are_bands
from domain.calls.rules import Rule
from domain.kernel.refusals import Invalid

YES, NO = "yes", "no"


class ItemKind(Enum):
    """A number takes the last option whose `at_least` it reaches; text is never scored."""

    SINGLE = "single"
    MULTI = "multi"
    NUMERIC = "numeric"
    BOOLEAN = "boolean"
    TEXT = "text"


class Mode(Enum):
    """What weighs: items; sections, all items of one alike; or the points themselves."""

    ITEMS = "items"
    SECTIONS = "sections"
    POINTS = "points"


class FailScope(Enum):
    """How much an answer that fails takes down to nought."""

    ITEM = "item"
    SECTION = "section"
    FORM = "form"


class FormFault(Enum):
    NOTHING_ASKED = "nothing_asked"
    NOTHING_WEIGHS = "nothing_weighs"
    SAME_KEY = "same_key"
    BAD_OPTIONS = "bad_options"
    BAD_CONDITION = "bad_condition"
    BAD_RULE = "bad_rule"


FAULTS = {
    FormFault.NOTHING_ASKED: "a form has sections, and each of them items",
    FormFault.NOTHING_WEIGHS: "something has to weigh more than nothing, and nothing less",
    FormFault.SAME_KEY: "keys of sections, items and an item's options are used once each",
    FormFault.BAD_OPTIONS: (
        "choices have at least two options; yes and no have those two; numbers have options "
        "with rising ends, the first without one; text has none, and no option takes points off"
    ),
    FormFault.BAD_CONDITION: "an item depends on options of an item before it",
    FormFault.BAD_RULE: "only yes and no, and numbers, can be answered by a rule",
}


@attrs.frozen
class BadForm(Invalid):
    code: ClassVar[str] = "bad_scorecard_form"
    field: ClassVar[str] = "sections"
    fault: FormFault
    at: str

    def __str__(self) -> str:
        return FAULTS[self.fault]


@attrs.frozen
class BadBands(Invalid):
    code: ClassVar[str] = "bad_scorecard_bands"
    field: ClassVar[str] = "bands"

    def __str__(self) -> str:
        return "bands begin at 0, rise, end at 1 at the latest, and differ in name"


@attrs.frozen(kw_only=True)
class Option:
    key: str
    label: str
    points: int
    fails: FailScope | None = None
    at_least: int | None = None


@attrs.frozen(kw_only=True)
class Condition:
    """Asked only where the other item was answered with one of these options."""

    item: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Item:
    """`rule` names what answers it without a person."""

    key: str
    question: str
    kind: ItemKind
    weight: int = 1
    options: tuple[Option, ...] = ()
    may_not_apply: bool = False
    enabled_when: Condition | None = None
    rule: Rule | None = None

    @property
    def most_points(self) -> int:
        """Nought if it is not scored: its answers can still fail."""
        points = [option.points for option in self.options]
        if not points:
            return 0
        return sum(points) if self.kind is ItemKind.MULTI else max(points)

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)

    def step(self, number: int) -> Option | None:
        """The option that a number comes to."""
        reached = [one for one in self.options if one.at_least is None or one.at_least <= number]
        return reached[-1] if reached else None


@attrs.frozen(kw_only=True)
class Section:
    key: str
    title: str
    weight: int = 1
    items: tuple[Item, ...]


@attrs.frozen(kw_only=True)
class Form:
    mode: Mode = Mode.ITEMS
    sections: tuple[Section, ...]
    bands: tuple[Band, ...] = USUAL_BANDS

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def demand(self) -> None:
        """Raises BadForm or BadBands."""
        if not are_bands(self.bands):
            raise BadBands
        for fault, at in self._faults():
            raise BadForm(fault, at)

    def _faults(self) -> Iterator[tuple[FormFault, str]]:
        empty = [section.key for section in self.sections if not section.items]
        if empty or not self.sections:
            yield FormFault.NOTHING_ASKED, "".join(empty[:1])
        keys = [*(section.key for section in self.sections), *(item.key for item in self.items)]
        yield from ((FormFault.SAME_KEY, key) for key in keys if keys.count(key) > 1)
        before: dict[str, Item] = {}
        for item in self.items:
            yield from _faults_of(item, before)
            before[item.key] = item
        weights = [*(one.weight for one in self.sections), *(one.weight for one in self.items)]
        if min(weights, default=0) < 0 or not any(
            self._weighs(section, item) for section in self.sections for item in section.items
        ):
            yield FormFault.NOTHING_WEIGHS, ""

    def _weighs(self, section: Section, item: Item) -> bool:
        weight = {Mode.ITEMS: item.weight, Mode.SECTIONS: section.weight, Mode.POINTS: 1}
        return item.most_points > 0 and weight[self.mode] > 0


def _faults_of(item: Item, before: dict[str, Item]) -> Iterator[tuple[FormFault, str]]:
    keys = [option.key for option in item.options]
    if len(set(keys)) < len(keys):
        yield FormFault.SAME_KEY, item.key
    if not _options_fit(item):
        yield FormFault.BAD_OPTIONS, item.key
    condition = item.enabled_when
    if condition is not None and not _is_possible(condition, before.get(condition.item)):
        yield FormFault.BAD_CONDITION, item.key
    if item.rule is not None and item.kind not in (ItemKind.BOOLEAN, ItemKind.NUMERIC):
        yield FormFault.BAD_RULE, item.key


def _is_possible(condition: Condition, other: Item | None) -> bool:
    if other is None or not condition.options:
        return False
    return all(other.option(key) is not None for key in condition.options)


def _options_fit(item: Item) -> bool:
    ends = [option.at_least for option in item.options]
    if any(option.points < 0 for option in item.options):
        return False
    match item.kind:
        case ItemKind.TEXT:
            return not item.options
        case ItemKind.NUMERIC:
            rising = [end for end in ends if end is not None]
            unbounded_first = ends[:1] == [None] and len(rising) == len(ends) - 1
            return unbounded_first and rising == sorted(set(rising))
        case ItemKind.BOOLEAN:
            return {option.key for option in item.options} == {YES, NO} and not any(_set(ends))
        case _:
            return len(item.options) > 1 and not any(_set(ends))


def _set(ends: list[int | None]) -> list[bool]:
    return [end is not None for end in ends]
