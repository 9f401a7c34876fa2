"""What must and must not be said in a call."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

import attrs

from domain.calls.phrases import where_said
from domain.calls.utterances import Side, Span, Utterance, said_by
from domain.kernel.card_numbers import cards_in

# United States: three, two and four digits, with the groups that were never given out left out.
SOCIAL_SECURITY = re.compile(
    r"(?<![\w-])(?!000|666|9[0-9]{2})[0-9]{3}([- ])(?!00)[0-9]{2}\1(?!0000)[0-9]{4}(?![\w-])"
)


CARD, NUMBER = "[card]", "[social security number]"
"""What stands in lines where somebody said one: the number itself is never kept."""


class IssueKind(Enum):
    CARD_NUMBER = "card_number"
    SOCIAL_SECURITY_NUMBER = "social_security_number"
    PROHIBITED_PHRASE = "prohibited_phrase"
    MISSING_DISCLOSURE = "missing_disclosure"


@attrs.frozen(kw_only=True)
class Issue:
    """`phrase` is that of the rule; a number is never repeated. What is missing stands nowhere."""

    kind: IssueKind
    span: Span | None = None
    phrase: str | None = None


@attrs.frozen(kw_only=True)
class SpeechRules:
    """Phrases the desk must not say, and those it has to have said once."""

    prohibited: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()


def issues_in(utterances: Sequence[Utterance], rules: SpeechRules) -> tuple[Issue, ...]:
    """In the order of the lines, what is missing last. Of a call nobody wrote down: none."""
    if not utterances:
        return ()
    desk = said_by(Side.DESK, utterances)
    said = (*_numbers(utterances), *_prohibited(desk, rules))
    in_order = sorted(said, key=lambda found: (found[0].line, found[0].begins))
    return (*(issue for _, issue in in_order), *_missing(desk, rules))


def _numbers(utterances: Sequence[Utterance]) -> Iterator[tuple[Span, Issue]]:
    for one in utterances:
        for kind, begins, ends in _numbers_in(one.text):
            span = Span(line=one.line, begins=begins, ends=ends)
            yield span, Issue(kind=kind, span=span)


def _numbers_in(text: str) -> Iterator[tuple[IssueKind, int, int]]:
    """As they were said, or masked already."""
    found = (
        (IssueKind.CARD_NUMBER, (*cards_in(text), *re.finditer(re.escape(CARD), text))),
        (
            IssueKind.SOCIAL_SECURITY_NUMBER,
            (*SOCIAL_SECURITY.finditer(text), *re.finditer(re.escape(NUMBER), text)),
        ),
    )
    for kind, matches in found:
        yield from ((kind, match.start(), match.end()) for match in matches)


def _prohibited(desk: Sequence[Utterance], rules: SpeechRules) -> Iterator[tuple[Span, Issue]]:
    for phrase in rules.prohibited:
        for span in where_said(phrase, desk):
            yield span, Issue(kind=IssueKind.PROHIBITED_PHRASE, span=span, phrase=phrase)


def _missing(desk: Sequence[Utterance], rules: SpeechRules) -> Iterator[Issue]:
    for phrase in rules.disclosures:
        if not any(where_said(phrase, desk)):
            yield Issue(kind=IssueKind.MISSING_DISCLOSURE, phrase=phrase)


def masked(text: str) -> str:
    """Without numbers nobody should have said."""
    for card in reversed([*cards_in(text)]):
        text = f"{text[: card.start()]}{CARD}{text[card.end() :]}"
    return SOCIAL_SECURITY.sub(NUMBER, text)
