"""Whoever was forgotten has no key left that would open what a copy says of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, not_, select

from adapters.mapping.sealed_parts import SEALED
from adapters.readers.verification_checks import Check
from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings, quotes
from adapters.schema.call_quality import call_lines, call_quality, evaluations
from adapters.schema.calls import call_facts, call_notes, calls
from adapters.schema.data_keys import data_keys
from adapters.schema.data_sources import data_source_files
from adapters.schema.escalations import escalations
from adapters.schema.imports import imports
from adapters.schema.pipelines import posted_events, quarantined_rows
from adapters.schema.promises import change_quotes
from adapters.schema.waiting import waiting_entries


def _is_sealed(document: Column[Any]) -> ColumnElement[bool]:
    sealed: ColumnElement[bool] = document[SEALED].as_string().is_not(None)
    return sealed


SEALED_IN: Sequence[tuple[Column[Any], ColumnElement[bool]]] = (
    *(
        (column.table.c.id, _is_sealed(column))
        for column in (
            bookings.c.agreement,
            quotes.c.agreement,
            change_quotes.c.agreement,
            waiting_entries.c.request,
            blocks.c.contact,
            calls.c.people,
            escalations.c.words,
        )
    ),
    (call_facts.c.call_id, _is_sealed(call_facts.c.details)),
    (call_lines.c.call_id, _is_sealed(call_lines.c.said)),
    (evaluations.c.call_id, _is_sealed(evaluations.c.words)),
    (call_quality.c.id, _is_sealed(call_quality.c.summary)),
    (call_notes.c.call_id, _is_sealed(call_notes.c.wordings)),
    (quarantined_rows.c.key, _is_sealed(quarantined_rows.c.record)),
    (posted_events.c.key, _is_sealed(posted_events.c.said)),
    (data_source_files.c.data_source_id, _is_sealed(data_source_files.c.content)),
    # Their rows are sealed until they are taken.
    (imports.c.id, imports.c.state == "running"),
)


def sealing_checks() -> Sequence[Check]:
    return (_keys_have_something_to_open(),)


def _keys_have_something_to_open() -> Check:
    """Of a row whose customer was forgotten nothing is sealed any longer."""
    question = select(data_keys.c.organization_id, data_keys.c.id.label("subject"))
    for id, sealed in SEALED_IN:
        theirs = select(1).where(
            id.table.c.organization_id == data_keys.c.organization_id,
            id == data_keys.c.id,
            sealed,
        )
        question = question.where(not_(theirs.correlate(data_keys).exists()))
    return Check(
        name="keys_have_something_to_open",
        question=question,
        detail="has a key and nothing that is sealed: it opens what copies say of the forgotten",
    )
