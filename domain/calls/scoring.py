"""What the answers to a form come to: exact to the end, and rounded there once.

    score = sum of weight x share of the points / sum of the weights

over the items that apply and are answered. Whatever does not apply weighs nothing, and the others
all the more.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction

import attrs

from domain.calls.answers import Answer, by_item
from domain.calls.bands import band_of
from domain.calls.forms import FailScope, Form, Item, ItemKind, Mode, Section
from domain.calls.thousandths import in_thousandths


class Outcome(Enum):
    """Where an answer is missing, nothing has been passed: it is incomplete, whatever the rest."""

    SCORED = "scored"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


@attrs.frozen(kw_only=True)
class SectionScore:
    key: str
    score: int | None


@attrs.frozen(kw_only=True)
class Result:
    """Scores in thousandths. `missing` and `failed` are keys of items."""

    outcome: Outcome
    score: int | None
    band: str | None
    sections: tuple[SectionScore, ...] = ()
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class _Share:
    """Of an item that applies and is answered."""

    section: Section
    item: Item
    earned: int
    fails: FailScope | None

    @property
    def of_most(self) -> Fraction:
        return Fraction(self.earned, self.item.most_points)


def scored(form: Form, answers: Sequence[Answer]) -> Result:
    """Raises BadAnswer."""
    given = by_item(form, answers)
    asked = [*_asked(form, given)]
    missing = tuple(item.key for _, item in asked if _is_missing(item, given))
    shares = _shares(asked, given)
    outcome, score = _outcome(form, shares, missing)
    return Result(
        outcome=outcome,
        score=score,
        band=None if score is None else band_of(score, form.bands),
        sections=tuple(_section_score(form, section, shares) for section in form.sections),
        missing=missing,
        failed=tuple(share.item.key for share in shares if share.fails is not None),
    )


def _outcome(
    form: Form, shares: Sequence[_Share], missing: Sequence[str]
) -> tuple[Outcome, int | None]:
    if any(share.fails is FailScope.FORM for share in shares):
        return Outcome.FAILED, 0
    whole = None if missing else _mean(form, [share for share in shares if _weighs(share)])
    if whole is None:
        return Outcome.INCOMPLETE, None
    return Outcome.SCORED, in_thousandths(whole)


def _asked(form: Form, given: Mapping[str, Answer]) -> Iterator[tuple[Section, Item]]:
    """The items that apply: one that depends on one that does not, does not either."""
    chosen: dict[str, frozenset[str]] = {}
    for section in form.sections:
        for item in section.items:
            condition = item.enabled_when
            if condition is not None and not chosen.get(condition.item, frozenset()).intersection(
                condition.options
            ):
                continue
            answer = given.get(item.key)
            options = () if answer is None else answer.chosen(item)
            chosen[item.key] = frozenset(option.key for option in options)
            yield section, item


def _is_missing(item: Item, given: Mapping[str, Answer]) -> bool:
    return item.kind is not ItemKind.TEXT and item.key not in given


def _shares(
    asked: Sequence[tuple[Section, Item]], given: Mapping[str, Answer]
) -> Sequence[_Share]:
    answered = [
        _share(section, item, given[item.key])
        for section, item in asked
        if item.key in given and not given[item.key].not_applicable
    ]
    down = {share.section.key for share in answered if share.fails is FailScope.SECTION}
    return [
        attrs.evolve(share, earned=0) if share.section.key in down else share for share in answered
    ]


def _share(section: Section, item: Item, answer: Answer) -> _Share:
    chosen = answer.chosen(item)
    fails = {option.fails for option in chosen}
    worst = next(
        (scope for scope in (FailScope.FORM, FailScope.SECTION, FailScope.ITEM) if scope in fails),
        None,
    )
    earned = 0 if worst is not None else sum(option.points for option in chosen)
    return _Share(section=section, item=item, earned=earned, fails=worst)


def _weighs(share: _Share) -> bool:
    return share.item.most_points > 0


def _mean(form: Form, shares: Sequence[_Share]) -> Fraction | None:
    """None if nothing that was answered weighs anything."""
    if form.mode is not Mode.SECTIONS:
        return _within(form.mode, shares)
    means = [
        (section.weight, _within(form.mode, [one for one in shares if one.section is section]))
        for section in form.sections
    ]
    return _weighted([(weight, mean) for weight, mean in means if mean is not None])


def _within(mode: Mode, shares: Sequence[_Share]) -> Fraction | None:
    return _weighted([(_weight(mode, share.item), share.of_most) for share in shares])


def _weight(mode: Mode, item: Item) -> int:
    match mode:
        case Mode.ITEMS:
            return item.weight
        case Mode.SECTIONS:
            return 1
        case Mode.POINTS:
            return item.most_points


def _weighted(parts: Sequence[tuple[int, Fraction]]) -> Fraction | None:
    total = sum(weight for weight, _ in parts)
    return sum((weight * part for weight, part in parts), Fraction()) / total if total else None


def _section_score(form: Form, section: Section, shares: Sequence[_Share]) -> SectionScore:
    mean = _within(form.mode, [one for one in shares if one.section is section and _weighs(one)])
    return SectionScore(key=section.key, score=None if mean is None else in_thousandths(mean))
