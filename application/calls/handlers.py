"""As whom somebody talks: as the agent of the desk that they act as, if there is one."""

from application.calls.ports import CallWork
from domain.calls.agents import Agent, AgentKind, NotYourAgent
from domain.calls.call import Handler
from domain.kernel.actors import Actor, Permission


def as_handler(agent: Agent) -> Handler:
    details = agent.details
    bot = details.name if details.kind is AgentKind.BOT else None
    return Handler(actor_id=details.acts_as, agent_id=agent.id, bot=bot)


def handler_of(work: CallWork, actor: Actor, said: Handler) -> Handler:
    """Of what somebody `said` of themselves.

    Raises NotYourAgent where that is another agent, but for who handles the calls of all.
    """
    if said.bot is not None and said.agent_id is None:
        return said
    agent = work.calls.agent_acting_as(actor.id)
    if agent is not None and said.agent_id in (None, agent.id):
        return as_handler(agent) if said.bot is None else said
    if said.agent_id is not None and Permission.WRITE_CALLS not in actor.permissions:
        raise NotYourAgent(said.agent_id)
    return said
