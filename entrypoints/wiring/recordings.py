"""Wiring of the recordings of calls."""

from dependency_injector import containers, providers

from adapters.readers.paying_in_calls import SqlPaymentsOfCalls
from application.calls.delete_recording import DeleteRecordingHandler
from application.calls.keep_payments_unheard import KeepPaymentUnheardHandler
from application.calls.record_call import ChangeRecordingHandler, RecordCallHandler
from application.calls.recording_subscribers import (
    DeleteRecordingJob,
    ErasedCallers,
    KeepPaymentUnheardJob,
    PaymentsInCalls,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case

ALL = Permission.WRITE_CALLS
OWN = Permission.HANDLE_OWN_CALLS


class RecordingsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    telephonies: providers.Dependency[object] = providers.Dependency()
    on_the_line: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    record = use_case(
        ALL, providers.Singleton(RecordCallHandler, on_the_line=on_the_line), observe, OWN
    )
    change = use_case(
        ALL, providers.Singleton(ChangeRecordingHandler, on_the_line=on_the_line), observe, OWN
    )
    delete = use_case(
        ALL,
        providers.Singleton(
            DeleteRecordingHandler,
            unit_of_work=unit_of_work,
            telephonies=telephonies,
            clock=clock,
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
