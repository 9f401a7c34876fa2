"""What is promised about pipelines, broken behind the program's back."""

from uuid import UUID

from adapters.schema.pipelines import (
    pipeline_editions,
    pipeline_rows,
    pipeline_runs,
    pipelines,
    posted_events,
    run_pages,
)
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks

RUN = UUID("016f5e66-e800-7000-8000-000000000b0b")
NOTHING = dict.fromkeys(
    ("new", "changed", "unchanged", "conflicts", "quarantined", "deleted", "left_out"), 0
)


def forge_pipeline(saboteur: Saboteur, *, edition: int = 1) -> None:
    saboteur.insert(
        pipelines,
        id=DRAWN_LONG_AGO,
        version=1,
        name="Forged",
        target="offerings",
        edition=edition,
        event_kind="forged",
        policy={},
        state="active",
    )
    saboteur.insert(
        pipeline_editions,
        pipeline_id=DRAWN_LONG_AGO,
        number=1,
        definition={},
        made_at=LONG_AGO,
    )


def forge_run(saboteur: Saboteur, **changes: object) -> None:
    values = {
        "id": RUN,
        "version": 1,
        "pipeline_id": DRAWN_LONG_AGO,
        "edition": 1,
        "kind": "full",
        "state": "succeeded",
        "whole": True,
        "pages": 1,
        "known_before": 0,
        "attempts": 0,
        "queued_at": LONG_AGO,
        "ended_at": LONG_AGO,
        **NOTHING,
        **changes,
    }
    saboteur.insert(pipeline_runs, **values)


@breaks("pipelines_keep_what_runs_brought")
def a_row_that_no_run_brought(saboteur: Saboteur) -> object:
    forge_pipeline(saboteur)
    forge_run(saboteur, new=1)
    for number in (1, 2):
        saboteur.insert(
            pipeline_rows,
            pipeline_id=DRAWN_LONG_AGO,
            key=UUID(int=number),
            digest="forged",
            vanished=False,
        )
    return DRAWN_LONG_AGO


@breaks("pipelines_have_their_edition")
def a_pipeline_without_its_edition(saboteur: Saboteur) -> object:
    forge_pipeline(saboteur, edition=2)
    return DRAWN_LONG_AGO


@breaks("pages_are_of_runs_under_way")
def a_page_of_a_run_that_is_over(saboteur: Saboteur) -> object:
    forge_pipeline(saboteur)
    forge_run(saboteur)
    saboteur.insert(run_pages, run_id=RUN, page=0, seen=b"")
    return RUN


@breaks("taken_events_say_nothing")
def an_event_that_says_it_still(saboteur: Saboteur) -> object:
    saboteur.insert(
        posted_events,
        key=DRAWN_LONG_AGO,
        event_id="forged",
        kind="forged",
        occurred_at=LONG_AGO,
        received_at=LONG_AGO,
        taken_at=LONG_AGO,
        said={"card": "forged"},
    )
    return DRAWN_LONG_AGO
