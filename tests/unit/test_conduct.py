"""How calls were conducted, as far as a program can tell."""

from datetime import timedelta
from fractions import Fraction

import attrs
import pytest

from domain.calls.answers import AnswerSource
from domain.calls.automatic import Flag, answers_by_rule, assessed
from domain.calls.compliance import IssueKind, SpeechRules, issues_in
from domain.calls.conduct import measured
from domain.calls.forms import Form, Item, ItemKind, Option, Section
from domain.calls.rules import Conversation, Rule, Standards, Verdict
from domain.calls.sentiments import Label, sentiment_of_customer
from domain.calls.summaries import digest
from domain.calls.utterances import Side, Span, Speaker, Utterance
from domain.kernel.periods import Period
from tests.samples import NOW

SECOND = timedelta(seconds=1)
STANDARDS = Standards(
    read_back=("to confirm",),
    speech=SpeechRules(
        prohibited=("guaranteed",), disclosures=("this call is recorded", "terms apply")
    ),
)


def line(
    number: int,
    side: Side,
    text: str,
    *,
    at: int,
    lasts: int | None = 2,
    sentiment: int | None = None,
) -> Utterance:
    begins = NOW + at * SECOND
    return Utterance(
        line=number,
        speaker=Speaker.AGENT if side is Side.DESK else Speaker.CUSTOMER,
        text=text,
        begins_at=begins,
        ends_at=None if lasts is None else begins + lasts * SECOND,
        sentiment=sentiment,
    )


CALL = Conversation(
    utterances=(
        line(1, Side.DESK, "Hello, this call is recorded, terms apply", at=3),
        line(2, Side.CUSTOMER, "Hello, I would like a room, please", at=6, sentiment=0),
        line(3, Side.DESK, "To  Confirm: one room for two nights", at=10),
        line(4, Side.CUSTOMER, "Yes, thank you very much", at=14, sentiment=1000),
    ),
    answered_at=NOW,
    ended_at=NOW + 20 * SECOND,
    disposed_at=NOW + 30 * SECOND,
    summarised=True,
    booked=True,
)


def verdict(rule: Rule, of: Conversation) -> tuple[Verdict, int | None]:
    measure = measured(rule, of, STANDARDS)
    return measure.verdict, measure.measured


def test_a_call_in_good_order_keeps_every_rule() -> None:
    assert {rule: verdict(rule, CALL)[0] for rule in Rule} == dict.fromkeys(Rule, Verdict.KEPT)


def test_of_a_call_without_anything_nothing_is_known() -> None:
    unknown = {rule for rule in Rule if verdict(rule, Conversation())[0] is Verdict.UNKNOWN}

    assert unknown == set(Rule) - {Rule.BOOKING_READ_BACK}


def test_a_greeting_is_in_time_up_to_the_second() -> None:
    def greeted(after: int) -> tuple[Verdict, int | None]:
        utterances = (line(1, Side.DESK, "Hello", at=after),)
        return verdict(Rule.GREETING_IN_TIME, attrs.evolve(CALL, utterances=utterances))

    assert greeted(10) == (Verdict.KEPT, 10)
    assert greeted(11) == (Verdict.BROKEN, 11)
    assert greeted(-1) == (Verdict.KEPT, 0)  # by a clock that is a little behind


def test_neither_side_talks_alone() -> None:
    alone = attrs.evolve(CALL, utterances=(line(1, Side.DESK, "blah " * 9, at=1),))

    assert verdict(Rule.BOTH_TALK, alone) == (Verdict.BROKEN, 100)


def test_silence_on_hold_is_none() -> None:
    utterances = (
        line(1, Side.DESK, "One moment", at=0, lasts=2),
        line(2, Side.DESK, "Here I am", at=40),
    )
    silent = attrs.evolve(CALL, utterances=utterances)
    held = attrs.evolve(silent, holds=(Period(NOW + 3 * SECOND, NOW + 33 * SECOND),))

    found = measured(Rule.NO_LONG_SILENCE, silent, STANDARDS)

    assert (found.verdict, found.measured) == (Verdict.BROKEN, 38)
    assert found.evidence == (Span(line=1, begins=0, ends=10),)
    assert verdict(Rule.NO_LONG_SILENCE, held) == (Verdict.KEPT, 8)


def test_silence_is_unknown_where_nobody_wrote_down_when_lines_ended() -> None:
    utterances = tuple(attrs.evolve(one, ends_at=None) for one in CALL.utterances)

    unknown = attrs.evolve(CALL, utterances=utterances)

    assert verdict(Rule.NO_LONG_SILENCE, unknown) == (Verdict.UNKNOWN, None)
    assert verdict(Rule.FEW_INTERRUPTIONS, unknown) == (Verdict.UNKNOWN, None)


def test_interruptions_are_those_of_the_customer() -> None:
    utterances = tuple(
        line(number, side, "well", at=number, lasts=5)
        for number, side in enumerate((Side.CUSTOMER, Side.DESK) * 5, 1)
    )

    cut = attrs.evolve(CALL, utterances=utterances)

    assert verdict(Rule.FEW_INTERRUPTIONS, cut) == (Verdict.BROKEN, 5)


def test_holds_are_counted() -> None:
    holds = tuple(Period(NOW + n * SECOND, NOW + (n + 1) * SECOND) for n in (1, 3, 5))

    assert verdict(Rule.FEW_HOLDS, attrs.evolve(CALL, holds=holds)) == (Verdict.BROKEN, 3)


def test_the_disposition_is_set_soon() -> None:
    late = attrs.evolve(CALL, disposed_at=NOW + timedelta(hours=1))

    assert verdict(Rule.DISPOSITION_SET, late)[0] is Verdict.BROKEN
    assert verdict(Rule.DISPOSITION_SET, attrs.evolve(CALL, disposed_at=None))[0] is Verdict.BROKEN


def test_what_was_not_booked_need_not_be_read_back() -> None:
    asked = attrs.evolve(CALL, booked=False, utterances=())

    assert verdict(Rule.BOOKING_READ_BACK, asked)[0] is Verdict.NOT_APPLICABLE
    nothing_said = attrs.evolve(asked, booked=True)
    assert verdict(Rule.BOOKING_READ_BACK, nothing_said)[0] is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("it is 4111 1111 1111 1111", [IssueKind.CARD_NUMBER]),
        ("it is 4111-1111-1111-1112", []),  # sixteen digits, and no card
        ("my booking 1234567890123456", []),
        ("0000 0000 0000 0000", []),
        ("amex 378282246310005.", [IssueKind.CARD_NUMBER]),
        ("it is 123-45-6789", [IssueKind.SOCIAL_SECURITY_NUMBER]),
        ("it is 123 45 6789", [IssueKind.SOCIAL_SECURITY_NUMBER]),
        ("it is 123-45 6789", []),
        ("000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567, 123-45-0000", []),
        ("part 5123-45-6789-1", []),
    ],
)
def test_numbers_nobody_should_say(text: str, kinds: list[IssueKind]) -> None:
    found = issues_in((line(1, Side.CUSTOMER, text, at=0),), SpeechRules())

    assert [issue.kind for issue in found] == kinds
    assert text not in repr(found)


def test_phrases_are_whole_words_however_they_are_written() -> None:
    said = (
        line(1, Side.DESK, "That is GUARANTEED. This call\tis recorded.", at=0),
        line(2, Side.CUSTOMER, "Guaranteed? Terms apply?", at=5),
        line(3, Side.DESK, "Unguaranteed", at=9),
    )

    found = issues_in(said, STANDARDS.speech)

    assert [(issue.kind, issue.phrase) for issue in found] == [
        (IssueKind.PROHIBITED_PHRASE, "guaranteed"),
        (IssueKind.MISSING_DISCLOSURE, "terms apply"),
    ]
    assert found[0].span == Span(line=1, begins=8, ends=18)


def test_nought_is_neutral_and_counts() -> None:
    assert sentiment_of_customer(CALL.utterances) == 500
    assert sentiment_of_customer(CALL.utterances[:1]) is None
    assert [Label.of(n) for n in (-101, -100, 0, 100, 101)] == [
        Label.NEGATIVE,
        Label.NEUTRAL,
        Label.NEUTRAL,
        Label.NEUTRAL,
        Label.POSITIVE,
    ]


def test_the_score_is_the_documented_sum() -> None:
    found = assessed(CALL, STANDARDS)

    assert found.score == 925  # 0.3 x 0.75 + 0.3 + 0.2 + 0.2
    assert not found.flags
    assert not found.issues


def test_neutral_customers_are_not_left_out_of_the_score() -> None:
    neutral = attrs.evolve(CALL, utterances=CALL.utterances[:3])

    assert assessed(neutral, STANDARDS).score == 850


def test_every_issue_takes_off_a_tenth() -> None:
    cards = [line(n, Side.CUSTOMER, "4111111111111111", at=n, sentiment=-1000) for n in range(12)]
    found = assessed(attrs.evolve(CALL, utterances=tuple(cards[:4])), STANDARDS)
    many = assessed(attrs.evolve(CALL, utterances=tuple(cards)), STANDARDS)

    assert found.components.compliance == Fraction(4, 10)  # with both disclosures missing
    assert many.components.compliance == 0
    assert set(many.flags) == set(Flag)


def test_what_is_unknown_weighs_nothing_and_a_silent_call_has_no_score() -> None:
    felt_by_nobody = tuple(attrs.evolve(one, sentiment=None) for one in CALL.utterances)

    found = assessed(attrs.evolve(CALL, utterances=felt_by_nobody), STANDARDS)

    assert (found.score, found.components.sentiment) == (1000, None)
    silent = assessed(attrs.evolve(CALL, utterances=()), STANDARDS)
    assert (silent.score, silent.sentiment, silent.flags) == (None, None, ())


def rule_item(
    key: str, rule: Rule, kind: ItemKind = ItemKind.BOOLEAN, *, may_not_apply: bool = False
) -> Item:
    options = (Option(key="yes", label="", points=1), Option(key="no", label="", points=0))
    if kind is ItemKind.NUMERIC:
        options = (options[0], attrs.evolve(options[1], at_least=3))
    return Item(
        key=key, question="?", kind=kind, rule=rule, options=options, may_not_apply=may_not_apply
    )


def test_rules_answer_what_they_know_and_leave_the_rest() -> None:
    form = Form(
        sections=(
            Section(
                key="s",
                title="",
                items=(
                    rule_item("greeted", Rule.GREETING_IN_TIME),
                    rule_item("holds", Rule.FEW_HOLDS, ItemKind.NUMERIC),
                    rule_item("back", Rule.BOOKING_READ_BACK, may_not_apply=True),
                    rule_item("silence", Rule.NO_LONG_SILENCE),
                    rule_item("summary", Rule.SUMMARY_WRITTEN, ItemKind.NUMERIC),
                ),
            ),
        )
    )
    form.demand()
    once = attrs.evolve(CALL, booked=False, utterances=CALL.utterances[:1])

    answers = answers_by_rule(form, assessed(once, STANDARDS).measures)

    assert [(one.item, one.options, one.number, one.not_applicable) for one in answers] == [
        ("greeted", ("yes",), None, False),
        ("holds", (), 0, False),
        ("back", (), None, True),
    ]
    assert {one.source for one in answers} == {AnswerSource.RULE}


def test_a_digest_is_the_first_line_the_one_in_the_middle_and_the_last() -> None:
    lines = [line(n, Side.DESK, f"{n}", at=n) for n in range(1, 6)]

    assert digest(lines) == "1\n3\n5"
    assert digest(lines[:2]) == "1\n2"
    assert digest(lines[:1]) == "1"
    assert digest([]) == ""
