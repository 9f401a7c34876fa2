"""Answers to the items of a form, what they rest on and who gave them."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.forms import Form, Item, ItemKind, Option
from domain.calls.utterances import Span
from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid

WRITTEN = personal("what a reviewer wrote about a call")


class AnswerSource(Enum):
    HUMAN = "human"
    RULE = "rule"
    MODEL = "model"


@attrs.frozen
class BadAnswer(Invalid):
    code: ClassVar[str] = "bad_answer"
    field: ClassVar[str] = "answers"
    item: str

    def __str__(self) -> str:
        return (
            f"the answer to {self.item} does not fit what is asked, is given twice, or rests on "
            "nothing where a model gave it"
        )


@attrs.frozen(kw_only=True)
class Answer:
    """Exactly one of `options`, `number`, `text` and `not_applicable` says something."""

    item: str
    options: tuple[str, ...] = ()
    number: int | None = None
    text: str | None = attrs.field(default=None, repr=False, metadata=WRITTEN)
    not_applicable: bool = False
    source: AnswerSource = AnswerSource.HUMAN
    evidence: tuple[Span, ...] = ()
    comment: str = attrs.field(default="", repr=False, metadata=WRITTEN)

    def says_what(self, other: "Answer") -> bool:
        """Whoever says it, and adds nothing."""
        same = attrs.evolve(self, source=other.source, evidence=other.evidence)
        return same == other

    def chosen(self, item: Item) -> tuple[Option, ...]:
        """The options it comes to."""
        if self.number is not None:
            step = item.step(self.number)
            return () if step is None else (step,)
        return tuple(option for option in item.options if option.key in self.options)


def by_item(form: Form, answers: Sequence[Answer]) -> Mapping[str, Answer]:
    """Raises BadAnswer for one that does not fit the form."""
    given: dict[str, Answer] = {}
    for answer in answers:
        item = form.item(answer.item)
        if item is None or answer.item in given or not _fits(answer, item):
            raise BadAnswer(answer.item)
        given[answer.item] = answer
    return given


def _fits(answer: Answer, item: Item) -> bool:
    said = [*_said(answer)]
    rests = answer.source is not AnswerSource.MODEL or bool(answer.evidence)
    return rests and len(said) == 1 and _answers(said[0], answer, item)


def _said(answer: Answer) -> Iterator[str]:
    if answer.options:
        yield "options"
    if answer.number is not None:
        yield "number"
    if answer.text is not None:
        yield "text"
    if answer.not_applicable:
        yield "not_applicable"


def _answers(said: str, answer: Answer, item: Item) -> bool:
    if said == "not_applicable":
        return item.may_not_apply
    match item.kind:
        case ItemKind.NUMERIC:
            return said == "number"
        case ItemKind.TEXT:
            return said == "text"
        case ItemKind.MULTI:
            return said == "options" and _are_options(answer, item)
        case _:
            return said == "options" and _are_options(answer, item) and len(answer.options) == 1


def _are_options(answer: Answer, item: Item) -> bool:
    known = all(item.option(key) is not None for key in answer.options)
    return known and len(set(answer.options)) == len(answer.options)
