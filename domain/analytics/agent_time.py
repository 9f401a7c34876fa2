"""How busy agents were: what calls took of the time in which they were there for them."""

import attrs

from domain.analytics.figures import Figure, Unit, share

PRESENCES = "what agents said of their presence, and what they were offered and had"
BOTH = f"{PRESENCES}; when calls were answered, held, ended and written up"


@attrs.frozen(kw_only=True)
class AgentTime:
    """In milliseconds. `handled` is all that calls took, `there` the time in which a call could
    come or was there, and `paused` what else of the time the agent was signed in."""

    handled: int = 0
    there: int = 0
    paused: int = 0


AGENT_FIGURES: tuple[Figure[AgentTime], ...] = (
    Figure[AgentTime](
        name="signed_in_seconds",
        unit=Unit.SECONDS,
        formula="time in which the agent was not offline",
        source=PRESENCES,
        of=lambda t: (t.there + t.paused) / 1000,
    ),
    Figure[AgentTime](
        name="paused_seconds",
        unit=Unit.SECONDS,
        formula="time in which the agent was paused",
        source=PRESENCES,
        of=lambda t: t.paused / 1000,
    ),
    Figure[AgentTime](
        name="agent_occupancy",
        unit=Unit.SHARE,
        formula="(talk + hold + wrap-up) / (signed in - paused)",
        source=BOTH,
        of=lambda t: share(t.handled, t.there),
    ),
)
