"""Who hears what has happened, and who does which jobs."""

from collections.abc import Mapping
from typing import Any

from dependency_injector import containers, providers

from application.analytics.run_export import RunExport
from application.analytics.run_schedules import SendReport
from application.bookings.cancel_bookings_of import CancelBookingsOf, CancelBookingsOfHandler
from application.bookings.settle_booking import SettleBooking
from application.bookings.settle_holds_of_call import SettleHoldsOfCall
from application.bookings.sync_channel import SyncChannel
from application.calls.close_escalation_of import CloseEscalationOf
from application.calls.delete_recording import DeleteRecording
from application.calls.keep_payments_unheard import KeepPaymentUnheard
from application.calls.pull_triggers import PullTriggers
from application.calls.put_through import PutThrough
from application.calls.quality_jobs import ScoreCallJob
from application.documentation.delete_site import ForgetSite
from application.documentation.embed_passages import EmbedPassages
from application.documentation.start_crawl import CrawlSite
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.jobs import JobHandler
from application.kernel.subscribers import Subscriber
from application.kernel.traced_jobs import TracedJob
from application.kernel.tracing import Continuing
from application.notifications.send_booking_message import SendBookingMessage
from application.notifications.send_called_off import SendCalledOff
from application.notifications.send_low_score import SendLowScore
from application.notifications.send_released_block import SendReleasedBlock
from application.notifications.send_urgent_needs import SendUrgentNeeds
from application.paperwork.jobs import Acknowledge, Certify, ForgetWhose, KeepPapers
from application.paperwork.send_papers import SendPapers
from application.payments.apply_event import ApplyEvent
from application.payments.carry_on_payment import CarryOnPayment
from application.payments.carry_on_refund import CarryOnRefund
from application.pipelines.check_source import CheckSource
from application.pipelines.run_import import RunImport, RunImportHandler
from application.pipelines.run_on_schedule import RunPipelinesOf
from application.pipelines.start_run import RunPipeline


def _subscribers(*subscribers: Subscriber) -> tuple[Subscriber, ...]:
    return subscribers


def _traced(
    handlers: Mapping[str, JobHandler], continuing: Continuing
) -> Mapping[str, JobHandler]:
    return {name: TracedJob(handler, continuing) for name, handler in handlers.items()}


class SubscriptionsContainer(containers.DeclarativeContainer):
    after_calls: Any = providers.DependenciesContainer()
    analytics: Any = providers.DependenciesContainer()
    bookings: Any = providers.DependenciesContainer()
    call_quality: Any = providers.DependenciesContainer()
    crawling: Any = providers.DependenciesContainer()
    embedding: Any = providers.DependenciesContainer()
    escalations: Any = providers.DependenciesContainer()
    hand_overs: Any = providers.DependenciesContainer()
    notifications: Any = providers.DependenciesContainer()
    inventory: Any = providers.DependenciesContainer()
    paperwork: Any = providers.DependenciesContainer()
    people: Any = providers.DependenciesContainer()
    pipelines: Any = providers.DependenciesContainer()
    sources: Any = providers.DependenciesContainer()
    pipeline_runs: Any = providers.DependenciesContainer()
    recordings: Any = providers.DependenciesContainer()
    reports: Any = providers.DependenciesContainer()
    waiting: Any = providers.DependenciesContainer()
    blocks: Any = providers.DependenciesContainer()
    payments: Any = providers.DependenciesContainer()
    channels: Any = providers.DependenciesContainer()
    continuing: Any = providers.Dependency()

    subscribers = providers.Singleton(
        _subscribers,
        inventory.tell_levels,
        payments.keep_books,
        payments.charge_paper_fees,
        payments.settle_what_is_paid,
        payments.watch_instalments,
        notifications.booking_messages,
        notifications.urgent_requirements,
        notifications.called_off_messages,
        notifications.released_block_messages,
        notifications.low_score_messages,
        notifications.notices_to_members,
        paperwork.booking_papers,
        paperwork.payment_receipts,
        paperwork.session_certificates,
        call_quality.calls_to_score,
        escalations.ended_calls,
        after_calls.holds_of_ended_calls,
        escalations.said_lines,
        hand_overs.accepted_escalations,
        recordings.payments_in_calls,
        recordings.erased_callers,
        analytics.count_bookings,
        analytics.count_calls,
        analytics.note_presences,
        pipeline_runs.sources_came_due,
        embedding.new_passages,
    )
    cancel_bookings_of = providers.Singleton(
        CancelBookingsOfHandler,
        call_off_waiting=waiting.call_off_waiting,
        release_blocks=blocks.release_blocks_of,
        cancel_some=bookings.cancel_some_bookings,
    )
    run_import = providers.Singleton(
        RunImportHandler,
        views=pipelines.views,
        take_chunk=pipelines.take_chunk,
        side_by_side=pipelines.hands,
    )
    job_handlers = providers.Singleton(
        _traced,
        providers.Dict(
            {
                SendBookingMessage.JOB: notifications.send_booking_message,
                SendMemberLetter.JOB: people.send_member_letter,
                SendUrgentNeeds.JOB: notifications.send_urgent_needs,
                SendCalledOff.JOB: notifications.send_called_off,
                SendReleasedBlock.JOB: notifications.send_released_block,
                SendLowScore.JOB: notifications.send_low_score,
                KeepPapers.JOB: paperwork.keep_papers,
                Acknowledge.JOB: paperwork.acknowledge,
                Certify.JOB: paperwork.certify,
                ForgetWhose.JOB: paperwork.forget_whose,
                SendPapers.JOB: paperwork.send_papers,
                CancelBookingsOf.JOB: cancel_bookings_of,
                RunImport.JOB: run_import,
                RunExport.JOB: reports.run_export,
                SendReport.JOB: reports.send_report,
                SyncChannel.JOB: channels.sync_channel_job,
                CheckSource.JOB: sources.check_source_job,
                RunPipeline.JOB: pipeline_runs.run_pipeline,
                RunPipelinesOf.JOB: pipeline_runs.run_pipelines_of_job,
                CrawlSite.JOB: crawling.crawl_site,
                ForgetSite.JOB: crawling.forget_site,
                EmbedPassages.JOB: embedding.embed_passages,
                SettleBooking.JOB: payments.settle_job,
                SettleHoldsOfCall.JOB: after_calls.settle_holds_of_call_job,
                CarryOnPayment.JOB: payments.carry_on_payment_job,
                CarryOnRefund.JOB: payments.carry_on_refund_job,
                ApplyEvent.JOB: payments.apply_event_job,
                ScoreCallJob.JOB: call_quality.score_call_job,
                CloseEscalationOf.JOB: escalations.close_escalation_job,
                PullTriggers.JOB: escalations.pull_triggers_job,
                PutThrough.JOB: hand_overs.put_through_job,
                KeepPaymentUnheard.JOB: recordings.keep_payment_unheard_job,
                DeleteRecording.JOB: recordings.delete_recording_job,
            }
        ),
        continuing,
    )
