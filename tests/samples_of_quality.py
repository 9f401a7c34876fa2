"""Ready-made scorecards and evaluations."""

from uuid import UUID

import attrs

from domain.calls.answers import Answer
from domain.calls.evaluations import Evaluation
from domain.calls.forms import FailScope, Form, Item, ItemKind, Option, Section
from domain.calls.rules import Rule
from domain.calls.scorecards import Scorecard
from domain.kernel.identifiers import ActorId, CallId, EvaluationId, ScorecardId
from tests.samples import DESK, NOW

YES_OR_NO = (Option(key="yes", label="Yes", points=1), Option(key="no", label="No", points=0))
POLITE = Item(
    key="polite",
    question="Was the customer treated politely?",
    kind=ItemKind.BOOLEAN,
    weight=3,
    options=(YES_OR_NO[0], attrs.evolve(YES_OR_NO[1], fails=FailScope.FORM)),
)
GREETED = Item(
    key="greeted",
    question="Was the call greeted in time?",
    kind=ItemKind.BOOLEAN,
    options=YES_OR_NO,
    may_not_apply=True,
    rule=Rule.GREETING_IN_TIME,
)
WHY = Item(key="why", question="Anything else?", kind=ItemKind.TEXT)
FORM = Form(sections=(Section(key="manners", title="Manners", items=(POLITE, GREETED, WHY)),))

CARD_ID = ScorecardId(UUID(int=71))
EVALUATION_ID = EvaluationId(UUID(int=72))
GRACE, ADA = ActorId(UUID(int=73)), ActorId(UUID(int=74))

POLITELY = Answer(item="polite", options=("yes",), comment="Throughout")
RUDELY = Answer(item="polite", options=("no",))
LATE = Answer(item="greeted", options=("no",))
REMARK = Answer(item="why", text="Sang")


def scorecard(id: ScorecardId = CARD_ID, title: str = "Manners") -> Scorecard:
    return Scorecard.add(id, title, FORM, now=NOW)


def evaluation(
    call_id: CallId,
    *answers: Answer,
    id: EvaluationId = EVALUATION_ID,
    reviewer: ActorId = DESK.id,
) -> Evaluation:
    return Evaluation.start(id, call_id, CARD_ID, 1, reviewer=reviewer, answers=answers, now=NOW)
