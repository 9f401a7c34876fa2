"""Lines of transcripts, from their rows and to them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, select

from adapters.mapping.sealed_parts import Stored, place_of, together
from adapters.schema.call_quality import call_lines
from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault
from domain.calls.utterances import FeltBy, Speaker, Utterance

NOTHING_SAID: Stored = {"text": "", "audio_url": None}


def whole_lines() -> Select[Any]:
    """With the key to who was called, where there is one."""
    key = (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == call_lines.c.organization_id,
            data_keys.c.id == call_lines.c.call_id,
        )
        .scalar_subquery()
    )
    return select(call_lines, key.label("data_key"))


def line_of(row: Row[Any], vault: Vault) -> Utterance:
    place = place_of(row.organization_id, row.call_id)
    said = {**NOTHING_SAID, **together(vault, row.said, row.data_key, place)}
    return Utterance(
        line=row.number,
        speaker=Speaker(row.speaker),
        text=said["text"],
        audio_url=said["audio_url"],
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        sentiment=row.sentiment_milli,
        felt_by=FeltBy(row.felt_by),
    )


def columns_of_line(line: Utterance) -> Mapping[str, Any]:
    """Without what was said."""
    return {
        "number": line.line,
        "speaker": line.speaker.value,
        "begins_at": line.begins_at,
        "ends_at": line.ends_at,
        "sentiment_milli": line.sentiment,
        "felt_by": line.felt_by.value,
    }
