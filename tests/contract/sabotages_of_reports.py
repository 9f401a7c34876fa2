"""What may go wrong with reports that are sent by the clock, and the promise that it breaks."""

from uuid import UUID

from adapters.schema.report_schedules import report_runs, report_schedules
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks
from tests.samples import NOW

RUN = UUID("016f5e66-e800-7000-8000-00000000b0b5")


def forge(saboteur: Saboteur, **changes: object) -> None:
    saboteur.insert(
        report_schedules,
        id=DRAWN_LONG_AGO,
        version=1,
        owner_id=UUID(int=1),
        state="active",
        next_due_at=changes.pop("next_due_at", NOW),
        sending={},
    )
    values = {
        "id": RUN,
        "version": 1,
        "schedule_id": DRAWN_LONG_AGO,
        "occasion_at": LONG_AGO,
        "by_hand": False,
        "state": "sent",
        "began_at": LONG_AGO,
        "ended_at": LONG_AGO,
        "mailed": 1,
        "attached": True,
        **changes,
    }
    saboteur.insert(report_runs, **values)


@breaks("report_runs_come_to_an_end")
def leave_a_run(saboteur: Saboteur) -> UUID:
    forge(saboteur, state="running", ended_at=None, mailed=0)
    return RUN


@breaks("report_occasions_are_over")
def let_an_occasion_come_again(saboteur: Saboteur) -> UUID:
    forge(saboteur, next_due_at=LONG_AGO)
    return DRAWN_LONG_AGO


@breaks("sent_reports_were_mailed")
def send_to_nobody(saboteur: Saboteur) -> UUID:
    forge(saboteur, mailed=0)
    return RUN
