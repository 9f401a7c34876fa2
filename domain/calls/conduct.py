"""How a call was conducted, measured by its facts and lines; the same whenever it is measured."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from domain.calls.compliance import IssueKind, issues_in
from domain.calls.phrases import where_said
from domain.calls.rules import Conversation, Measure, Rule, Standards, Verdict, verdict
from domain.calls.utterances import Side, Utterance, said_by, whole


def measured(rule: Rule, of: Conversation, by: Standards) -> Measure:
    return _MEASURES[rule](rule, of, by)


def _greeting(rule: Rule, of: Conversation, by: Standards) -> Measure:
    desk = said_by(Side.DESK, of.utterances)
    if of.answered_at is None or not desk:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    after = max(desk[0].begins_at - of.answered_at, timedelta())
    return Measure(
        rule=rule,
        verdict=verdict(after <= by.greeting_within),
        measured=after // timedelta(seconds=1),
        evidence=(whole(desk[0]),),
    )


def _both_talk(rule: Rule, of: Conversation, by: Standards) -> Measure:
    words = {
        side: sum(len(one.text.split()) for one in said_by(side, of.utterances)) for side in Side
    }
    total = sum(words.values())
    if not total:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    share = words[Side.DESK] * 100
    kept = by.least_share * total <= share <= by.most_share * total
    return Measure(rule=rule, verdict=verdict(kept), measured=share // total)


def _silence(rule: Rule, of: Conversation, by: Standards) -> Measure:
    silences = [*_silences(of)]
    if not silences:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    longest, behind = max(silences, key=lambda silence: silence[0])
    kept = longest <= by.longest_silence
    return Measure(
        rule=rule,
        verdict=verdict(kept),
        measured=longest // timedelta(seconds=1),
        evidence=() if kept else (whole(behind),),
    )


def _silences(of: Conversation) -> Iterator[tuple[timedelta, Utterance]]:
    """Between lines, as long as nobody was on hold; only where it is known when lines ended."""
    for one, other in pairwise(of.utterances):
        if one.ends_at is not None:
            gap = other.begins_at - one.ends_at
            yield max(gap - _held(of, one.ends_at, other.begins_at), timedelta()), one


def _held(of: Conversation, since: datetime, until: datetime) -> timedelta:
    parts = (min(hold.ends_at, until) - max(hold.starts_at, since) for hold in of.holds)
    return sum((part for part in parts if part > timedelta()), timedelta())


def _holds(rule: Rule, of: Conversation, by: Standards) -> Measure:
    if of.answered_at is None:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    count = len(of.holds)
    return Measure(rule=rule, verdict=verdict(count <= by.most_holds), measured=count)


def _interruptions(rule: Rule, of: Conversation, by: Standards) -> Measure:
    """The desk beginning to speak before the customer has ended."""
    turns = [pair for pair in pairwise(of.utterances) if pair[0].ends_at is not None]
    if not turns:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    cut = [other for one, other in turns if _interrupts(other, one)]
    kept = len(cut) <= by.most_interruptions
    return Measure(
        rule=rule,
        verdict=verdict(kept),
        measured=len(cut),
        evidence=() if kept else tuple(map(whole, cut)),
    )


def _interrupts(other: Utterance, one: Utterance) -> bool:
    turns = one.side is Side.CUSTOMER and other.side is Side.DESK
    return turns and one.ends_at is not None and other.begins_at < one.ends_at


def _without(kind: IssueKind) -> Callable[[Rule, Conversation, Standards], Measure]:
    def measure(rule: Rule, of: Conversation, by: Standards) -> Measure:
        if not of.utterances:
            return Measure(rule=rule, verdict=Verdict.UNKNOWN)
        found = [issue for issue in issues_in(of.utterances, by.speech) if issue.kind is kind]
        return Measure(
            rule=rule,
            verdict=verdict(not found),
            measured=len(found),
            evidence=tuple(issue.span for issue in found if issue.span is not None),
        )

    return measure


def _read_back(rule: Rule, of: Conversation, by: Standards) -> Measure:
    if not of.booked or not by.read_back:
        return Measure(rule=rule, verdict=Verdict.NOT_APPLICABLE)
    desk = said_by(Side.DESK, of.utterances)
    if not desk:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    spans = tuple(span for phrase in by.read_back for span in where_said(phrase, desk))
    return Measure(rule=rule, verdict=verdict(bool(spans)), evidence=spans)


def _summary(rule: Rule, of: Conversation, by: Standards) -> Measure:  # noqa: ARG001
    if of.summarised is None:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    return Measure(rule=rule, verdict=verdict(of.summarised))


def _disposition(rule: Rule, of: Conversation, by: Standards) -> Measure:
    if of.ended_at is None:
        return Measure(rule=rule, verdict=Verdict.UNKNOWN)
    if of.disposed_at is None:
        return Measure(rule=rule, verdict=Verdict.BROKEN)
    after = max(of.disposed_at - of.ended_at, timedelta())
    return Measure(
        rule=rule,
        verdict=verdict(after <= by.disposed_within),
        measured=after // timedelta(seconds=1),
    )


_MEASURES: Mapping[Rule, Callable[[Rule, Conversation, Standards], Measure]] = {
    Rule.GREETING_IN_TIME: _greeting,
    Rule.BOTH_TALK: _both_talk,
    Rule.NO_LONG_SILENCE: _silence,
    Rule.FEW_HOLDS: _holds,
    Rule.FEW_INTERRUPTIONS: _interruptions,
    Rule.DISCLOSURES_MADE: _without(IssueKind.MISSING_DISCLOSURE),
    Rule.NOTHING_PROHIBITED: _without(IssueKind.PROHIBITED_PHRASE),
    Rule.NO_CARD_NUMBERS: _without(IssueKind.CARD_NUMBER),
    Rule.NO_SOCIAL_SECURITY_NUMBERS: _without(IssueKind.SOCIAL_SECURITY_NUMBER),
    Rule.BOOKING_READ_BACK: _read_back,
    Rule.SUMMARY_WRITTEN: _summary,
    Rule.DISPOSITION_SET: _disposition,
}
