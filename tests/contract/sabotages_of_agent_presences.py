"""What agents were since when, broken behind the program's back."""

from sqlalchemy import select

from adapters.mapping.agent_presences import milliseconds_of
from adapters.schema.agent_presences import agent_presences
from adapters.schema.events import event_heads, event_log, receipts
from adapters.sql.chain import link
from application.analytics.note_presences import NotePresences
from domain.calls.agent_events import AgentPresenceChanged
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks


def tell_of_an_agent(saboteur: Saboteur) -> int:
    """With its place in the chain, which is what it returns."""
    position = saboteur.head() + 1
    saboteur.insert(
        event_log,
        id=DRAWN_LONG_AGO,
        arrival=position,
        position=position,
        name=AgentPresenceChanged.name,
        subject=DRAWN_LONG_AGO,
        payload={"presence": "paused"},
        actor_id=saboteur.of,
        occurred_at=LONG_AGO,
    )
    ours = event_heads.c.organization_id == saboteur.of
    previous = saboteur.connection.execute(select(event_heads.c.link).where(ours)).scalar_one()
    this = (event_log.c.organization_id == saboteur.of, event_log.c.position == position)
    event = saboteur.connection.execute(select(event_log).where(*this)).one()
    following = link(previous, position, event)
    saboteur.update(event_log, event_log.c.position == position, link=following)
    saboteur.update(event_heads, position=position, link=following)
    return position


@breaks("presences_are_noted_as_told")
def an_agent_that_was_there_instead_of_paused(saboteur: Saboteur) -> object:
    saboteur.insert(
        agent_presences,
        agent_id=DRAWN_LONG_AGO,
        at_ms=milliseconds_of(LONG_AGO),
        position=tell_of_an_agent(saboteur),
        presence="available",
    )
    return DRAWN_LONG_AGO


@breaks("presences_are_noted_as_told")
def a_presence_that_was_missed(saboteur: Saboteur) -> object:
    position = tell_of_an_agent(saboteur)
    saboteur.insert(receipts, subscriber=NotePresences.name, position=position, attempts=0)
    return DRAWN_LONG_AGO


@breaks("noted_presences_were_told")
def a_presence_that_nobody_told(saboteur: Saboteur) -> object:
    saboteur.insert(
        agent_presences, agent_id=DRAWN_LONG_AGO, at_ms=7, position=1, presence="available"
    )
    return DRAWN_LONG_AGO
