"""Waiting for an agent, by callers who hang up when they have had enough (Erlang A).

M/M/n+M of C. Palm (1957); in the form of A. Mandelbaum and S. Zeltyn, "Service engineering in
action: the Palm/Erlang-A queue" (2007). Time is counted in handling times here.
"""

import math
from collections.abc import Callable
from typing import ClassVar

import attrs

from domain.analytics.erlang import blocking_probability, of_patient_callers
from domain.analytics.traffic import BadTraffic, Expectation, Traffic
from domain.kernel.refusals import Invalid

# exp(-40) is less than a double can add to 1.
NEGLIGIBLE = -40.0
# Of what is added up, an even number: more change nothing that is shown.
PARTS = 2000
# So seldom is everybody busy that 1 divided by it is no number any more.
NEVER = 1e-300
NOBODY_ANSWERS = Expectation(
    waiting=1.0, answered_in_time=0.0, abandoning=1.0, occupancy=0.0, mean_wait_seconds=None
)


@attrs.frozen
class BadPatience(Invalid):
    code: ClassVar[str] = "bad_patience"
    field: ClassVar[str] = "patience_seconds"

    def __str__(self) -> str:
        return "callers have some patience: more than no seconds"


@attrs.frozen
class _Queue:
    """`load` in erlangs; who waits hangs up `leaving` times as fast as an agent finishes."""

    load: float
    agents: int
    leaving: float

    def lengths(self) -> list[float]:
        """Logarithms of how likely 0, 1, 2, … callers wait, against nobody waits and all are busy.

        Up to the length from which on nothing is left to add.
        """
        logs = [0.0]
        highest = 0.0
        while logs[-1] > highest + NEGLIGIBLE:
            rate = self.agents + len(logs) * self.leaving
            logs.append(logs[-1] + math.log(self.load / rate))
            highest = max(highest, logs[-1])
        return logs

    def answered_after(self, wait: float) -> float:
        """Logarithm of how likely somebody is answered after so long, against at once."""
        patience = self.load / self.leaving * -math.expm1(-self.leaving * wait)
        return patience - (self.agents + self.leaving) * wait

    def waits(self) -> tuple[float, float]:
        """The shortest and the longest wait that are likely enough to be added."""
        likeliest = max(0.0, math.log(self.load / (self.agents + self.leaving)) / self.leaving)
        least = self.answered_after(likeliest) + NEGLIGIBLE
        around = 1 / self.agents
        while self.answered_after(likeliest + around) > least:
            around *= 2
        return max(0.0, likeliest - around), likeliest + around


def of_impatient_callers(
    traffic: Traffic, *, agents: int, within_seconds: float, patience_seconds: float
) -> Expectation:
    """Callers whose patience is `patience_seconds` on average, exponentially distributed.

    Raises BadTraffic for fewer than no agents, BadPatience.
    """
    if agents < 0:
        raise BadTraffic
    if patience_seconds <= 0:
        raise BadPatience
    if agents == 0 and traffic.erlangs > 0:
        return NOBODY_ANSWERS
    if traffic.erlangs == 0 or blocking_probability(traffic.erlangs, agents) < NEVER:
        return of_patient_callers(traffic, agents=agents, within_seconds=within_seconds)
    unit = traffic.handling_seconds
    queue = _Queue(traffic.erlangs, agents, unit / patience_seconds)
    return _expected(queue, within_seconds / unit, unit)


def _expected(queue: _Queue, within: float, unit: float) -> Expectation:
    logs = queue.lengths()
    scale = max(logs)
    likely = [math.exp(log - scale) for log in logs]
    free = (1 / blocking_probability(queue.load, queue.agents) - 1) * math.exp(-scale)
    all_states = free + sum(likely)
    waiting_callers = sum(number * chance for number, chance in enumerate(likely)) / all_states
    # As many hang up as are waiting, times how fast each does (conservation of flow).
    abandoning = queue.leaving * waiting_callers / queue.load

    def answered_after(wait: float) -> float:
        return queue.agents * math.exp(queue.answered_after(wait) - scale) / all_states

    shortest, longest = queue.waits()
    answered_waiting = _integral(answered_after, shortest, min(within, longest))
    waited = _integral(lambda wait: wait * answered_after(wait), shortest, longest)
    return Expectation(
        waiting=sum(likely) / all_states,
        answered_in_time=min(1 - abandoning, free / all_states + answered_waiting),
        abandoning=abandoning,
        occupancy=queue.load * (1 - abandoning) / queue.agents,
        mean_wait_seconds=waited / (1 - abandoning) * unit,
    )


def _integral(of: Callable[[float], float], since: float, until: float) -> float:
    """By Simpson's rule; 0 where it would run backwards."""
    if until <= since:
        return 0.0
    width = (until - since) / PARTS
    inner = sum(
        (4 if number % 2 else 2) * of(since + number * width) for number in range(1, PARTS)
    )
    return (of(since) + inner + of(until)) * width / 3
