"""Scorecards in JSON."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta

from domain.calls.bands import Band
from domain.calls.forms import Condition, FailScope, Form, Item, ItemKind, Mode, Option, Section
from domain.calls.rules import Rule
from domain.calls.scorecards import Edition, Scorecard
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.quality_numbers import Score, thousandths
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Name, Output, Version

MOST_SECTIONS = 20
MOST_ITEMS = 50
MOST_OPTIONS = 20
MOST_BANDS = 10

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$(?!\n)", max_length=32, examples=["greeted"])]
Question = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=300,
        examples=["Was the customer greeted by name?"],
    ),
]
Weight = Annotated[int, Meta(ge=0, le=1000, description="Beside the others.", examples=[1])]
Points = Annotated[int, Meta(ge=0, le=1000, examples=[1])]
Number = Annotated[int, Meta(ge=-1_000_000, le=1_000_000, examples=[30])]
EditionNumber = Annotated[int, Meta(ge=1, le=1_000_000, examples=[1])]
RuleName = Literal[
    "greeting_in_time",
    "both_talk",
    "no_long_silence",
    "few_holds",
    "few_interruptions",
    "disclosures_made",
    "nothing_prohibited",
    "no_card_numbers",
    "no_social_security_numbers",
    "booking_read_back",
    "summary_written",
    "disposition_set",
]

YES_OR_NO = [
    {"key": "yes", "label": "Yes", "points": 1},
    {"key": "no", "label": "No", "points": 0},
]
MANNERS: dict[str, Any] = {
    "title": "Manners",
    "mode": "items",
    "sections": [
        {
            "key": "manners",
            "title": "Manners",
            "items": [
                {
                    "key": "polite",
                    "question": "Was the customer treated politely?",
                    "kind": "boolean",
                    "weight": 3,
                    "options": [YES_OR_NO[0], {**YES_OR_NO[1], "fails": "form"}],
                },
                {
                    "key": "greeted",
                    "question": "Was the call greeted in time?",
                    "kind": "boolean",
                    "options": YES_OR_NO,
                    "may_not_apply": True,
                    "rule": "greeting_in_time",
                },
                {"key": "remark", "question": "Anything else?", "kind": "text"},
            ],
        }
    ],
}


class OptionInput(Input, frozen=True):
    """`fails` takes that much down to 0. `at_least` is of numbers: this option or a later one."""

    key: Key
    label: Name
    points: Points
    fails: Literal["item", "section", "form"] | None = None
    at_least: Number | None = None

    def option(self) -> Option:
        return Option(
            key=self.key,
            label=self.label,
            points=self.points,
            fails=None if self.fails is None else FailScope(self.fails),
            at_least=self.at_least,
        )

    @classmethod
    def of(cls, option: Option) -> "OptionInput":
        return cls(
            key=option.key,
            label=option.label,
            points=option.points,
            fails=None if option.fails is None else option.fails.value,
            at_least=option.at_least,
        )


class ItemConditionInput(Input, frozen=True):
    item: Key
    options: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=MOST_OPTIONS)]


class ItemInput(Input, frozen=True):
    """Asked only where `enabled_when` was answered so. A `rule` answers it without a person."""

    key: Key
    question: Question
    kind: Literal["single", "multi", "numeric", "boolean", "text"]
    weight: Weight = 1
    options: Annotated[tuple[OptionInput, ...], Meta(max_length=MOST_OPTIONS)] = ()
    may_not_apply: bool = False
    enabled_when: ItemConditionInput | None = None
    rule: RuleName | None = None

    def item(self) -> Item:
        when = self.enabled_when
        return Item(
            key=self.key,
            question=self.question,
            kind=ItemKind(self.kind),
            weight=self.weight,
            options=tuple(one.option() for one in self.options),
            may_not_apply=self.may_not_apply,
            enabled_when=None if when is None else Condition(item=when.item, options=when.options),
            rule=None if self.rule is None else Rule(self.rule),
        )

    @classmethod
    def of(cls, item: Item) -> "ItemInput":
        when = item.enabled_when
        return cls(
            key=item.key,
            question=item.question,
            kind=item.kind.value,
            weight=item.weight,
            options=tuple(OptionInput.of(one) for one in item.options),
            may_not_apply=item.may_not_apply,
            enabled_when=None
            if when is None
            else ItemConditionInput(item=when.item, options=when.options),
            rule=None if item.rule is None else item.rule.value,
        )


class SectionInput(Input, frozen=True):
    key: Key
    title: Name
    items: Annotated[tuple[ItemInput, ...], Meta(max_length=MOST_ITEMS)]
    weight: Weight = 1


class BandInput(Input, frozen=True):
    """From `at_least` up to the next band; there is no score between two."""

    label: Name
    at_least: Score


Sections = Annotated[tuple[SectionInput, ...], Meta(max_length=MOST_SECTIONS)]
Bands = Annotated[tuple[BandInput, ...], Meta(max_length=MOST_BANDS)]
ModeName = Annotated[
    Literal["items", "sections", "points"],
    Meta(description="What weighs: items, sections with all their items alike, or points."),
]


class ScorecardInput(Input, frozen=True):
    """Without bands: poor, fair from 0.4, good from 0.6 and excellent from 0.8 on."""

    title: Name
    sections: Sections
    mode: ModeName = "items"
    bands: Bands | None = None

    def form(self) -> Form:
        form = Form(
            mode=Mode(self.mode),
            sections=tuple(
                Section(
                    key=one.key,
                    title=one.title,
                    weight=one.weight,
                    items=tuple(item.item() for item in one.items),
                )
                for one in self.sections
            ),
        )
        if self.bands is None:
            return form
        bands = tuple(
            Band(label=one.label, at_least=thousandths(one.at_least)) for one in self.bands
        )
        return Form(mode=form.mode, sections=form.sections, bands=bands)


class FormBody(Output, frozen=True):
    mode: ModeName
    sections: Sections
    bands: Bands

    @classmethod
    def of(cls, form: Form) -> "FormBody":
        return cls(
            mode=form.mode.value,
            sections=tuple(
                SectionInput(
                    key=one.key,
                    title=one.title,
                    weight=one.weight,
                    items=tuple(ItemInput.of(item) for item in one.items),
                )
                for one in form.sections
            ),
            bands=tuple(
                BandInput(label=one.label, at_least=one.at_least / 1000) for one in form.bands
            ),
        )


class ScorecardBody(Output, frozen=True):
    """`draft` is what may still change; calls are evaluated by `edition`, if there is one."""

    id: Identifier
    version: Version
    title: Name
    draft: FormBody
    edition: EditionNumber | None
    retired_at: Moment | None

    @classmethod
    def of(cls, scorecard: Scorecard) -> "ScorecardBody":
        return cls(
            id=scorecard.id,
            version=scorecard.version,
            title=scorecard.title,
            draft=FormBody.of(scorecard.draft),
            edition=None if scorecard.active is None else scorecard.active.number,
            retired_at=scorecard.retired_at,
        )


class ScorecardPage(Output, frozen=True):
    items: Annotated[Sequence[ScorecardBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class EditionBody(Output, frozen=True):
    """It never changes."""

    number: EditionNumber
    form: FormBody
    activated_at: Moment

    @classmethod
    def of(cls, edition: Edition) -> "EditionBody":
        return cls(
            number=edition.number,
            form=FormBody.of(edition.form),
            activated_at=edition.activated_at,
        )
