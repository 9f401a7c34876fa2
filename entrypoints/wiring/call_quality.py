"""Wiring of transcripts, scorecards and scores."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.call_quality import SqlQualityViews
from adapters.readers.conversations import SqlConversations
from adapters.repositories.call_quality import SqlQualityWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.add_lines import AddLinesHandler
from application.calls.choose_calls import ChooseCallsHandler
from application.calls.compare_reviewers import CompareReviewersHandler
from application.calls.evaluation_steps import (
    DisputeEvaluationHandler,
    SaveAnswersHandler,
    SettleDisputeHandler,
    SubmitEvaluationHandler,
    TakeUpDisputeHandler,
)
from application.calls.quality_jobs import CallsToScore, ScoreCallJob
from application.calls.score_call import ScoreCallHandler
from application.calls.scorecard_steps import (
    ActivateScorecardHandler,
    AddScorecardHandler,
    ChangeScorecardHandler,
    RetireScorecardHandler,
)
from application.calls.start_evaluation import StartEvaluationHandler
from domain.calls.compliance import SpeechRules
from domain.calls.rules import Standards
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import Values, fitted
from entrypoints.wiring.listening import closing, listening, model_of
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


def with_standards(values: Values) -> Mapping[str, Any]:
    standards = Standards(
        greeting_within=timedelta(seconds=values["quality.greeting_seconds"]),
        longest_silence=timedelta(seconds=values["quality.silence_seconds"]),
        most_holds=values["quality.holds"],
        most_interruptions=values["quality.interruptions"],
        least_share=values["quality.least_share"],
        most_share=values["quality.most_share"],
        disposed_within=timedelta(minutes=values["quality.disposition_minutes"]),
        read_back=tuple(values["quality.read_back_phrases"]),
        speech=SpeechRules(
            prohibited=tuple(values["quality.prohibited_phrases"]),
            disclosures=tuple(values["quality.disclosures"]),
        ),
    )
    return {"standards": standards}


class CallQualityContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlQualityWork.on),
        new_id=new_id,
        clock=clock,
    )
    views: Any = providers.Singleton(SqlQualityViews, database)
    model: Any = providers.Singleton(model_of, settings)
    listening: Any = providers.Singleton(listening, model, settings, clock)
    close: Any = providers.Singleton(closing, model)

    add_lines: Any = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(AddLinesHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    add_scorecard: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(
            AddScorecardHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_scorecard: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(ChangeScorecardHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    activate_scorecard: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(ActivateScorecardHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    retire_scorecard: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(RetireScorecardHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    start_evaluation: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(
            StartEvaluationHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    save_answers: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(SaveAnswersHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    submit_evaluation: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(SubmitEvaluationHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    dispute_evaluation: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(DisputeEvaluationHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    take_up_dispute: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(TakeUpDisputeHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    settle_dispute: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(SettleDisputeHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    choose_calls: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(ChooseCallsHandler, views=views, chance=chance),
        observe,
    )
    compare_reviewers: Any = use_case(
        Permission.REVIEW_CALLS,
        providers.Singleton(CompareReviewersHandler, views=views),
        observe,
    )
    score_call: Any = use_case(
        Permission.REVIEW_CALLS,
        fitted(
            business_settings,
            providers.Singleton(
                ScoreCallHandler,
                conversations=providers.Singleton(SqlConversations, database),
                listening=listening,
                unit_of_work=unit_of_work,
                clock=clock,
            ),
            with_standards,
        ),
        observe,
    )
    score_call_job = providers.Singleton(ScoreCallJob, score_call=score_call)
    calls_to_score = providers.Singleton(CallsToScore)
