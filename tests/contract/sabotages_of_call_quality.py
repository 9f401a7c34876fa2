"""What may go wrong with scores of calls, and the promise that it breaks."""

from uuid import UUID

from adapters.mapping.call_quality import (
    Findings,
    columns_of_evaluation,
    converter,
    words_of,
)
from adapters.schema.call_quality import (
    call_quality,
    evaluations,
    scorecard_editions,
    scorecards,
)
from adapters.schema.calls import calls
from domain.calls.automatic import Assessment
from domain.calls.quality import Listener
from domain.kernel.identifiers import CallId
from tests.contract.sabotages import LONG_AGO, Saboteur, breaks
from tests.samples import NOW
from tests.samples_of_quality import CARD_ID, EVALUATION_ID, FORM, LATE, POLITELY, evaluation

CALL = UUID("016f5e66-e800-7000-8000-00000000ca11")


def _call(saboteur: Saboteur, *, shows: int) -> None:
    saboteur.insert(
        calls,
        id=CALL,
        version=1,
        direction="inbound",
        status="scheduled",
        started_at=LONG_AGO,
        seconds=60,
        qa_milli=shows,
        escalated=False,
        people={},
        details={},
    )


def _evaluation(saboteur: Saboteur, *, score: int) -> None:
    """Its answers come to 750."""
    form = converter.unstructure(FORM)
    saboteur.insert(scorecards, id=CARD_ID, version=2, title="Manners", edition=1, draft=form)
    saboteur.insert(
        scorecard_editions, scorecard_id=CARD_ID, number=1, form=form, activated_at=LONG_AGO
    )
    submitted = evaluation(CallId(CALL), POLITELY, LATE).submit(FORM, now=NOW)
    saboteur.insert(
        evaluations,
        id=EVALUATION_ID,
        version=2,
        words=words_of(submitted),
        **{**columns_of_evaluation(submitted), "score": score},
    )


def _held(saboteur: Saboteur, *, score: int, evaluation_id: UUID | None) -> None:
    findings = Findings(assessment=Assessment(), listener=Listener.LEXICON)
    saboteur.insert(
        call_quality,
        id=CALL,
        version=1,
        score=score,
        evaluation_id=evaluation_id,
        scored_at=LONG_AGO,
        findings=converter.unstructure(findings),
        summary={"text": ""},
    )


@breaks("calls_show_their_score")
def shown_and_not_held(saboteur: Saboteur) -> object:
    _call(saboteur, shows=500)
    return CALL


@breaks("scores_are_of_evaluations")
def held_and_not_given(saboteur: Saboteur) -> object:
    _call(saboteur, shows=500)
    _evaluation(saboteur, score=750)
    _held(saboteur, score=500, evaluation_id=EVALUATION_ID)
    return CALL


@breaks("scores_follow_from_answers")
def given_and_not_answered(saboteur: Saboteur) -> object:
    _call(saboteur, shows=-1)
    _evaluation(saboteur, score=1000)
    return EVALUATION_ID


@breaks("scores_follow_from_findings")
def held_and_not_found(saboteur: Saboteur) -> object:
    _call(saboteur, shows=500)
    _held(saboteur, score=500, evaluation_id=None)
    return CALL
