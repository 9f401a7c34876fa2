"""Wiring of the recordings of calls."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.old_recordings import SqlOldRecordings
from adapters.readers.paying_in_calls import SqlPaymentsOfCalls
from application.calls.delete_recording import DeleteRecordingHandler, Deleting
from application.calls.keep_payments_unheard import KeepPaymentUnheardHandler
from application.calls.lapse_recordings import Keeping, LapseRecordingsHandler
from application.calls.record_call import ChangeRecordingHandler, RecordCallHandler
from application.calls.recording_subscribers import (
    DeleteRecordingJob,
    ErasedCallers,
    KeepPaymentUnheardJob,
    PaymentsInCalls,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import fitted
from entrypoints.wiring.wrapping import Observe, use_case

ALL = Permission.WRITE_CALLS
OWN = Permission.HANDLE_OWN_CALLS


def with_keeping(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "keeping": Keeping(
            by_duty=timedelta(days=values["calls.recordings_days_by_duty"]),
            otherwise=timedelta(days=values["calls.recordings_days"]),
        )
    }


class RecordingsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    telephonies: providers.Dependency[object] = providers.Dependency()
    on_the_line: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    record = use_case(
        ALL, providers.Singleton(RecordCallHandler, on_the_line=on_the_line), observe, OWN
    )
    change = use_case(
        ALL, providers.Singleton(ChangeRecordingHandler, on_the_line=on_the_line), observe, OWN
    )
    deleting = providers.Singleton(
        Deleting, unit_of_work=unit_of_work, telephonies=telephonies, clock=clock
    )
    delete = use_case(ALL, providers.Singleton(DeleteRecordingHandler, deleting=deleting), observe)
    old = providers.Singleton(SqlOldRecordings, database)
    lapse = use_case(
        ALL,
        fitted(
            business_settings,
            providers.Singleton(
                LapseRecordingsHandler,
                old=old,
                deleting=deleting,
                clock=clock,
            ),
            with_keeping,
        ),
        observe,
    )
    keep_payment_unheard = use_case(
        ALL,
        providers.Singleton(
            KeepPaymentUnheardHandler,
            unit_of_work=unit_of_work,
            telephonies=telephonies,
            payments_of_calls=providers.Singleton(SqlPaymentsOfCalls, database),
            clock=clock,
        ),
        observe,
    )
    payments_in_calls = providers.Singleton(PaymentsInCalls)
    erased_callers = providers.Singleton(ErasedCallers)
    keep_payment_unheard_job = providers.Singleton(
        KeepPaymentUnheardJob, keep=keep_payment_unheard
    )
    delete_recording_job = providers.Singleton(DeleteRecordingJob, delete=delete)
