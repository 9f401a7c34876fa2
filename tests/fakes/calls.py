"""Calls, what was heard of them and noted about them, in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import attrs

from application.calls.note_ports import CallNotes
from application.calls.ports import Calls, Mentioned
from application.kernel.ports import Stale
from domain.calls.agents import Agent
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.notes import CallNote, CallNoteNotFound
from domain.calls.refusals import CallNotFound
from domain.kernel.identifiers import ActorId, AgentId, CallId, CallNoteId
from tests.fakes.rows import Dangling, Rows, found, next_version


@attrs.frozen
class MemoryCalls(Calls):
    rows: Rows

    def get(self, call_id: CallId) -> Call:
        return found(self.rows.calls, call_id, CallNotFound)

    def locked(self, call_id: CallId) -> Call:
        return self.get(call_id)

    def named(self, provider: str, provider_call: str) -> Call | None:
        name = (provider, provider_call)
        return next((one for one in self.rows.calls.values() if _name(one) == name), None)

    def known(self, provider: str, names: Sequence[str]) -> AbstractSet[str]:
        return {name for name in names if self.named(provider, name) is not None}

    def agents_named(self, names: Sequence[str]) -> Mapping[str, AgentId]:
        there = [one for one in self.rows.agents.values() if one.deleted_at is None]
        often = Counter(one.details.name for one in there)
        return {
            one.details.name: one.id
            for one in there
            if one.details.name in names and often[one.details.name] == 1
        }

    def agent_acting_as(self, actor_id: ActorId) -> Agent | None:
        there = (one for one in self.rows.agents.values() if one.deleted_at is None)
        return next((one for one in there if one.details.acts_as == actor_id), None)

    def mentioned(self, fact: Heard) -> Mentioned:
        return Mentioned(self.named(fact.provider, fact.provider_call), self.has_heard(fact))

    def has_heard(self, fact: Heard) -> bool:
        return _key(fact) in self.rows.call_facts

    def save(self, call: Call) -> Call:
        version = next_version(self.rows.calls.get(call.id), call.version)
        others = (other for id, other in self.rows.calls.items() if id != call.id)
        if call.provider_call is not None and _name(call) in map(_name, others):
            raise Stale(f"another call is {call.provider_call}")
        saved = attrs.evolve(call, version=version, events=())
        self.rows.calls[call.id] = saved
        self.rows.events.extend(call.events)
        return saved

    def keep(self, call: Call, fact: Heard, *, now: datetime) -> None:
        if call.id not in self.rows.calls:
            raise Dangling(f"call {call.id}")
        if self.has_heard(fact):
            raise Stale(f"{fact.key} was delivered before")
        self.rows.call_facts[_key(fact)] = call.id, fact


@attrs.frozen
class MemoryCallNotes(CallNotes):
    rows: Rows

    def locked(self, call_id: CallId, call_note_id: CallNoteId) -> CallNote:
        note = found(self.rows.call_notes, call_note_id, CallNoteNotFound)
        if note.call_id != call_id:
            raise CallNoteNotFound(call_note_id)
        return note

    def save(self, note: CallNote) -> CallNote:
        if note.call_id not in self.rows.calls:
            raise Dangling(f"call {note.call_id}")
        version = next_version(self.rows.call_notes.get(note.id), note.version)
        saved = attrs.evolve(note, version=version, events=())
        self.rows.call_notes[note.id] = saved
        self.rows.events.extend(note.events)
        return saved


def _name(call: Call) -> tuple[str | None, str | None]:
    return (call.provider, call.provider_call)


def _key(fact: Heard) -> tuple[str, str, str]:
    return (fact.provider, fact.provider_call, fact.key)
