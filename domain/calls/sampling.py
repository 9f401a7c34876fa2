"""Which calls somebody listens to again; chance is an argument."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

import attrs

from domain.kernel.identifiers import AgentId, CallId

Chance = Callable[[int], int]
"""A number from 0 up to, but not including, its argument."""


class Plan(Enum):
    """Any; as many of each agent; or all that something is wrong with, the worst first."""

    RANDOM = "random"
    EACH_AGENT = "each_agent"
    AT_RISK = "at_risk"


@attrs.frozen(kw_only=True)
class Candidate:
    """`risks` counts what is wrong with the call."""

    call_id: CallId
    agent_id: AgentId | None
    risks: int


def sample(
    candidates: Sequence[Candidate], plan: Plan, size: int, *, chance: Chance
) -> tuple[CallId, ...]:
    """At most `size` calls, or as many of each agent, none of them twice."""
    return tuple(one.call_id for one in _chosen(candidates, plan, size, chance))


def _chosen(
    candidates: Sequence[Candidate], plan: Plan, size: int, chance: Chance
) -> list[Candidate]:
    match plan:
        case Plan.RANDOM:
            return _drawn(candidates, size, chance)
        case Plan.EACH_AGENT:
            groups = _by_agent(candidates).values()
            return [one for theirs in groups for one in _drawn(theirs, size, chance)]
        case Plan.AT_RISK:
            at_risk = [one for one in candidates if one.risks]
            return sorted(at_risk, key=lambda one: (-one.risks, one.call_id))[:size]


def _drawn(candidates: Sequence[Candidate], size: int, chance: Chance) -> list[Candidate]:
    """Without putting back: everybody is as likely as anybody else."""
    left = list(candidates)
    return [left.pop(chance(len(left))) for _ in range(min(size, len(left)))]


def _by_agent(
    candidates: Sequence[Candidate],
) -> Mapping[AgentId | None, list[Candidate]]:
    found: dict[AgentId | None, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(one.agent_id, []).append(one)
    return found
