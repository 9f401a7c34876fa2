"""What figures about calls are read from, broken behind the program's back."""

from sqlalchemy import Table

from adapters.schema.call_figures import (
    call_figures,
    call_group_days,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
from application.analytics.call_views import Grouping
from domain.analytics.call_totals import COUNTED
from domain.calls.past import ELSEWHERE
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks
from tests.contract.sabotages_of_calls import forge_call


def forge_counted(saboteur: Saboteur) -> None:
    """With its sums."""
    saboteur.insert(
        call_figures,
        id=DRAWN_LONG_AGO,
        started_at=LONG_AGO,
        started_quarter=7,
        inbound=True,
        status="ringing",
        escalated=False,
        issues="",
    )
    forge_sums(saboteur, calls=1, inbound=1, active=1)
    forge_hour(saboteur, call_inbound_hours, calls=1, inbound=1, active=1)
    for by in Grouping:
        forge_group(saboteur, by, calls=1, inbound=1, active=1)


def forge_sums(saboteur: Saboteur, **sums: int) -> None:
    none = dict.fromkeys(COUNTED, 0)
    saboteur.insert(call_quarters, axis="started", quarter=7, **{**none, **sums})
    forge_hour(saboteur, call_hours, **sums)


def forge_group(saboteur: Saboteur, by: Grouping, **sums: int) -> None:
    none = dict.fromkeys(COUNTED, 0)
    saboteur.insert(call_group_days, grouped_by=by.value, day=0, key="", **{**none, **sums})


@breaks("calls_are_counted_as_they_are")
def a_call_that_is_counted_as_it_was(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "completed", ended_at=LONG_AGO, provider=ELSEWHERE)
    forge_counted(saboteur)
    return call


@breaks("counted_calls_are_there")
def a_counted_call_that_nobody_knows(saboteur: Saboteur) -> object:
    forge_counted(saboteur)
    return DRAWN_LONG_AGO


@breaks("quarters_of_calls_are_summed_up")
def a_sum_of_nothing(saboteur: Saboteur) -> object:
    forge_sums(saboteur, escalated=2)
    return 7


@breaks("hours_of_calls_are_summed_up")
def an_hour_without_quarters(saboteur: Saboteur) -> object:
    forge_hour(saboteur, call_hours, calls=1)
    return 1


@breaks("hours_of_inbound_calls_are_summed_up")
def an_hour_in_which_nobody_called(saboteur: Saboteur) -> object:
    forge_hour(saboteur, call_inbound_hours, calls=1)
    return 1


@breaks("days_of_groups_of_calls_are_summed_up")
def a_day_of_a_template_without_calls(saboteur: Saboteur) -> object:
    forge_group(saboteur, Grouping.TEMPLATE, calls=1)
    return 0


def forge_hour(saboteur: Saboteur, hours: Table, **sums: int) -> None:
    none = dict.fromkeys(COUNTED, 0)
    saboteur.insert(hours, axis="started", hour=1, **{**none, **sums})
