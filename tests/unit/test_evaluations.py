"""Scorecards and what people make of them."""

from collections.abc import Callable
from uuid import UUID

import attrs
import pytest

from domain.calls.answers import Answer, BadAnswer
from domain.calls.calibration import agreement
from domain.calls.evaluations import (
    AnswersMissing,
    Evaluation,
    EvaluationState,
    OwnEvaluation,
    WrongEvaluationState,
)
from domain.calls.forms import BadForm, Form, Item, ItemKind, Option, Section
from domain.calls.lexicon import felt_in
from domain.calls.sampling import Candidate, Plan, sample
from domain.calls.scorecards import (
    NothingToActivate,
    Scorecard,
    ScorecardIsRetired,
    ScorecardNotActive,
)
from domain.kernel.identifiers import ActorId, AgentId, CallId, EvaluationId, ScorecardId
from tests.samples import NOW

POLITE = Item(
    key="polite",
    question="Was the customer treated politely?",
    kind=ItemKind.BOOLEAN,
    options=(Option(key="yes", label="Yes", points=1), Option(key="no", label="No", points=0)),
)
FORM = Form(sections=(Section(key="manners", title="Manners", items=(POLITE,)),))
GRACE, ADA = ActorId(UUID(int=1)), ActorId(UUID(int=2))
YES, NO = Answer(item="polite", options=("yes",)), Answer(item="polite", options=("no",))


def scorecard() -> Scorecard:
    return Scorecard.add(ScorecardId(UUID(int=3)), "Manners", FORM, now=NOW)


def evaluation(*answers: Answer) -> Evaluation:
    return Evaluation.start(
        EvaluationId(UUID(int=4)),
        CallId(UUID(int=5)),
        ScorecardId(UUID(int=3)),
        1,
        reviewer=GRACE,
        answers=answers,
        now=NOW,
    )


def test_what_is_active_stays_as_it_is_while_the_draft_changes() -> None:
    active = scorecard().activate(now=NOW)
    weightier = attrs.evolve(FORM, sections=(attrs.evolve(FORM.sections[0], weight=9),))

    changed = active.change("Manners", weightier, now=NOW)

    assert changed.in_force().form == FORM
    assert changed.activate(now=NOW).in_force().number == 2
    assert changed.activate(now=NOW).in_force().form == weightier


def test_the_same_edition_is_not_made_twice() -> None:
    active = scorecard().activate(now=NOW)

    with pytest.raises(NothingToActivate):
        active.activate(now=NOW)


def test_nothing_is_evaluated_by_a_draft_or_by_what_is_retired() -> None:
    with pytest.raises(ScorecardNotActive):
        scorecard().in_force()
    retired = scorecard().activate(now=NOW).retire(now=NOW)
    steps: list[Callable[[], object]] = [
        retired.in_force,
        lambda: retired.activate(now=NOW),
        lambda: retired.retire(now=NOW),
        lambda: retired.change("", FORM, now=NOW),
    ]
    for step in steps:
        with pytest.raises(ScorecardIsRetired):
            step()


def test_a_scorecard_needs_a_form_that_makes_sense() -> None:
    with pytest.raises(BadForm):
        Scorecard.add(ScorecardId(UUID(int=3)), "", Form(sections=()), now=NOW)


def test_an_evaluation_goes_its_way_from_draft_to_final() -> None:
    draft = evaluation().save(FORM, (NO,), "", now=NOW)
    submitted = draft.submit(FORM, now=NOW)
    disputed = submitted.request_review("They were polite", now=NOW)
    final = disputed.take_up(ADA, now=NOW).settle(FORM, (YES,), "", by=ADA, now=NOW)

    assert submitted.result is not None
    assert submitted.result.score == 0
    assert disputed.result == submitted.result
    assert final.result is not None
    assert (final.state, final.result.score, final.second) == (EvaluationState.FINAL, 1000, ADA)
    assert [event.name for event in final.events] == [
        "evaluation_started",
        "evaluation_saved",
        "evaluation_submitted",
        "evaluation_disputed",
        "evaluation_taken_up",
        "evaluation_settled",
    ]


def test_what_is_incomplete_is_not_submitted() -> None:
    with pytest.raises(AnswersMissing) as refused:
        evaluation().submit(FORM, now=NOW)

    assert refused.value.items == ("polite",)


def test_nobody_decides_a_dispute_about_their_own_evaluation() -> None:
    disputed = evaluation(NO).submit(FORM, now=NOW).request_review("No", now=NOW)

    with pytest.raises(OwnEvaluation):
        disputed.take_up(GRACE, now=NOW)
    with pytest.raises(OwnEvaluation):
        disputed.take_up(ADA, now=NOW).settle(FORM, (NO,), "", by=GRACE, now=NOW)


def test_steps_are_taken_in_their_order_only() -> None:
    draft = evaluation(YES)
    submitted = draft.submit(FORM, now=NOW)
    steps: list[Callable[[], Evaluation]] = [
        lambda: draft.request_review("", now=NOW),
        lambda: draft.take_up(ADA, now=NOW),
        lambda: submitted.submit(FORM, now=NOW),
        lambda: submitted.save(FORM, (NO,), "", now=NOW),
        lambda: submitted.settle(FORM, (NO,), "", by=ADA, now=NOW),
    ]
    for step in steps:
        with pytest.raises(WrongEvaluationState):
            step()


def test_answers_fit_the_form() -> None:
    with pytest.raises(BadAnswer):
        evaluation().save(FORM, (Answer(item="other", options=("yes",)),), "", now=NOW)


def candidates(*risks: int) -> list[Candidate]:
    return [
        Candidate(
            call_id=CallId(UUID(int=number)), agent_id=AgentId(UUID(int=number % 3)), risks=risk
        )
        for number, risk in enumerate(risks)
    ]


def numbers(calls: tuple[CallId, ...]) -> list[int]:
    return [call.int for call in calls]


def test_a_random_sample_has_nobody_twice_and_goes_by_chance_alone() -> None:
    drawn = sample(candidates(*range(9)), Plan.RANDOM, 4, chance=lambda below: below - 1)

    assert numbers(drawn) == [8, 7, 6, 5]
    assert sorted(numbers(sample(candidates(0, 0), Plan.RANDOM, 9, chance=lambda _: 0))) == [0, 1]


def test_every_agent_is_listened_to_alike() -> None:
    drawn = sample(candidates(*range(8)), Plan.EACH_AGENT, 2, chance=lambda _: 0)

    assert numbers(drawn) == [0, 3, 1, 4, 2, 5]


def test_what_something_is_wrong_with_is_listened_to_worst_first() -> None:
    drawn = sample(candidates(0, 2, 1, 0, 2), Plan.AT_RISK, 3, chance=lambda _: 0)

    assert numbers(drawn) == [1, 4, 2]


def test_agreement_beyond_chance() -> None:
    # Cohen's own sort of table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
    pairs = [
        *[("yes", "yes")] * 20,
        *[("yes", "no")] * 5,
        *[("no", "yes")] * 10,
        *[("no", "no")] * 15,
    ]

    found = agreement(pairs)

    assert (found.judged, found.agreed, found.kappa) == (50, 35, 400)


def test_agreement_where_chance_cannot_be_told() -> None:
    assert agreement([]).kappa is None
    assert agreement([("yes", "yes")]).kappa is None
    assert agreement([("yes", "no"), ("no", "yes")]).kappa == -1000


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("", 0),
        ("a room for two", 0),
        ("Thank you, that is WONDERFUL", 1000),
        ("This is not a very good hotel", -1000),
        ("That isn\u2019t bad", 1000),
        ("good, but the room was dirty", 0),
        ("lovely place, friendly people, slow lift", 333),
        ("no, not today, that was a good idea", 1000),  # too far behind
    ],
)
def test_sentiment_by_words(text: str, sentiment: int) -> None:
    assert felt_in(text) == sentiment
