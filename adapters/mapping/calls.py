"""Calls and what was heard of them, from their rows and to them."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
import msgspec
from sqlalchemy import Executable, Row, Select, bindparam, exists, select

from adapters.mapping.sealed_parts import SEALED, Stored, key_of, place_of, together
from adapters.schema.calls import call_facts, calls
from adapters.sealing.vault import Vault
from adapters.sql.documents import new_converter
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.ending import Ending, EndReason
from domain.calls.facts import Heard
from domain.calls.interventions import Intervention
from domain.calls.legs import Interval, Leg
from domain.calls.recordings import Recording
from domain.calls.status import CallStatus
from domain.calls.yeses import Yes
from domain.kernel.identifiers import PaymentId, QueueId

converter = new_converter()

NOT_KNOWN = -1

TAKEN_BY_NOBODY = calls.c.handler_id.is_(None) & calls.c.agent_id.is_(None) & calls.c.bot.is_(None)

NOBODYS: Stored = {
    "caller": None,
    "called": None,
    "metadata": {},
    "ending_note": "",
    "yeses": [],
    "interventions": [],
}
"""What is left of the people when nobody can open who they were."""


@attrs.frozen(kw_only=True)
class CallDetails:
    """What nobody looks for a call by."""

    wraps_up: bool = False
    department: str | None = None
    queue_id: QueueId | None = None
    queued_at: datetime | None = None
    ringing_at: datetime | None = None
    wrapped_at: datetime | None = None
    ending: Ending | None = None
    end_reason: EndReason | None = None
    conflict: CallStatus | None = None
    yeses: tuple[Yes, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    bot_paused: bool = False
    recording: Recording | None = None
    paying: tuple[PaymentId, ...] = ()
    legs: tuple[Leg, ...] = ()
    holds: tuple[Interval, ...] = ()


_OF_ITS_LINE = {
    "version",
    "status",
    "answered_at",
    "ended_at",
    *(field.name for field in attrs.fields(CallDetails)),
} - {"ending", "yeses", "interventions", "recording"}  # which are in other columns as well
_BESIDES_ITS_LINE = tuple(
    field.name for field in attrs.fields(Call) if field.eq and field.name not in _OF_ITS_LINE
)


def whole_calls() -> Select[Any]:
    """With the key to who it was, where there is one."""
    return select(calls, key_of(calls).label("data_key"))


@lru_cache(maxsize=1)
def one_call() -> Executable:
    return whole_calls().where(
        calls.c.organization_id == bindparam("p_organization_id"),
        calls.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def one_locked_call() -> Executable:
    return _locked(whole_calls().where(calls.c.id == bindparam("p_id")))


@lru_cache(maxsize=1)
def one_named_call() -> Executable:
    return _locked(
        whole_calls().where(
            calls.c.provider == bindparam("p_provider"),
            calls.c.provider_call == bindparam("p_provider_call"),
        )
    )


@lru_cache(maxsize=1)
def named_calls() -> Executable:
    """Locked, in one order for everybody."""
    named = whole_calls().where(
        calls.c.provider == bindparam("p_provider"),
        calls.c.provider_call.in_(bindparam("p_names", expanding=True)),
    )
    return _locked(named.order_by(calls.c.id))


@lru_cache(maxsize=1)
def one_mentioned_call() -> Executable:
    """And whether the fact with the key is known of it."""
    ours: Any = bindparam("p_organization_id")
    provider: Any = bindparam("p_provider")
    provider_call: Any = bindparam("p_provider_call")
    heard = exists().where(
        call_facts.c.organization_id == ours,
        call_facts.c.provider == provider,
        call_facts.c.provider_call == provider_call,
        call_facts.c.key == bindparam("p_key"),
    )
    return (
        whole_calls()
        .add_columns(heard.label("heard"))
        .where(
            calls.c.organization_id == ours,
            calls.c.provider == provider,
            calls.c.provider_call == provider_call,
        )
    )


def _locked(question: Select[Any]) -> Select[Any]:
    ours = calls.c.organization_id == bindparam("p_organization_id")
    return question.where(ours).with_for_update(of=calls)


def call_of(row: Row[Any], vault: Vault) -> Call:
    details = converter.structure(row.details, CallDetails)
    people = together(vault, row.people, row.data_key, place_of(row.organization_id, row.id))
    members = attrs.asdict(details, recurse=False)
    if details.ending is not None:
        members["ending"] = attrs.evolve(details.ending, note=people["ending_note"])
    wordings = people.get("yeses") or [""] * len(details.yeses)
    members["yeses"] = tuple(
        attrs.evolve(yes, wording=wording)
        for yes, wording in zip(details.yeses, wordings, strict=True)
    )
    texts = people.get("interventions") or [""] * len(details.interventions)
    members["interventions"] = tuple(
        attrs.evolve(intervention, text=text)
        for intervention, text in zip(details.interventions, texts, strict=True)
    )
    return Call(
        id=row.id,
        direction=Direction(row.direction),
        numbers=Numbers(caller=people["caller"], called=people["called"]),
        provider=row.provider,
        provider_call=row.provider_call,
        status=CallStatus(row.status),
        handler=_handler(row),
        template=row.template,
        metadata=people["metadata"],
        root_call_id=row.root_call_id,
        started_at=row.started_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        disposition_id=row.disposition_id,
        qa_milli=None if row.qa_milli == NOT_KNOWN else row.qa_milli,
        sentiment_milli=row.sentiment_milli,
        escalated=row.escalated,
        deleted_at=row.deleted_at,
        version=row.version,
        **members,
    )


def people_of(call: Call) -> Stored:
    return {
        "caller": call.numbers.caller,
        "called": call.numbers.called,
        "metadata": dict(call.metadata),
        "ending_note": "" if call.ending is None else call.ending.note,
        "yeses": [yes.wording for yes in call.yeses],
        "interventions": [intervention.text for intervention in call.interventions],
    }


def only_its_line_moved(before: Call, after: Call) -> bool:
    """Whether `columns_of_line` are all that is not as it was."""
    return all(getattr(before, name) == getattr(after, name) for name in _BESIDES_ITS_LINE)


def columns_of_line(call: Call) -> Mapping[str, Any]:
    """What news of its line may change, and few indexes tell of."""
    total = call.durations.total
    return {
        "status": call.status.value,
        "answered_at": call.answered_at,
        "ended_at": call.ended_at,
        "seconds": NOT_KNOWN if total is None else int(total.total_seconds()),
        "details": _details(call),
    }


def columns_of_call(call: Call) -> Mapping[str, Any]:
    """Without what says who it was."""
    handler = call.handler or Handler()
    recording = _kept_recording(call)
    return {
        "direction": call.direction.value,
        "provider": call.provider,
        "provider_call": call.provider_call,
        "handler_id": handler.actor_id,
        "agent_id": handler.agent_id,
        "bot": handler.bot,
        "template": call.template,
        "root_call_id": call.root_call_id,
        "disposition_id": call.disposition_id,
        "started_at": call.started_at,
        "qa_milli": NOT_KNOWN if call.qa_milli is None else call.qa_milli,
        "sentiment_milli": call.sentiment_milli,
        "escalated": call.escalated,
        "deleted_at": call.deleted_at,
        "recorded_at": None if recording is None else recording.started_at,
        "recorded_on": None if recording is None else recording.basis.value,
        **columns_of_line(call),
    }


def _kept_recording(call: Call) -> Recording | None:
    recording = call.recording
    return None if recording is None or recording.deleted_at is not None else recording


def columns_of_fact(fact: Heard) -> Mapping[str, Any]:
    """Without what the provider said in its own words."""
    return {
        "provider": fact.provider,
        "provider_call": fact.provider_call,
        "key": fact.key,
        "event": fact.event,
        "sequence": fact.sequence,
        "status": None if fact.status is None else fact.status.value,
        "leg": fact.leg,
        "at": fact.at,
    }


def fact_of(row: Row[Any], vault: Vault, data_key: str | None) -> Heard:
    details = row.details
    if SEALED in details:
        place = place_of(row.organization_id, row.call_id)
        opened = b"{}" if data_key is None else vault.open(data_key, details[SEALED], place)
        details = msgspec.json.decode(opened)
    return Heard(
        provider=row.provider,
        provider_call=row.provider_call,
        event=row.event,
        sequence=row.sequence,
        status=None if row.status is None else CallStatus(row.status),
        at=row.at,
        leg=row.leg,
        details=details,
    )


def _handler(row: Row[Any]) -> Handler | None:
    if row.handler_id is None and row.agent_id is None and row.bot is None:
        return None
    return Handler(actor_id=row.handler_id, agent_id=row.agent_id, bot=row.bot)


def _details(call: Call) -> Stored:
    details = {field.name: getattr(call, field.name) for field in attrs.fields(CallDetails)}
    if call.ending is not None:
        details["ending"] = attrs.evolve(call.ending, note="")
    details["yeses"] = tuple(attrs.evolve(yes, wording="") for yes in call.yeses)
    details["interventions"] = tuple(attrs.evolve(one, text="") for one in call.interventions)
    stored: Stored = converter.unstructure(CallDetails(**details))
    return stored
