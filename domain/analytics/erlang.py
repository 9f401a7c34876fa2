"""Waiting for an agent, by callers who never hang up (A. K. Erlang, 1917)."""

import math

from domain.analytics.traffic import BadTraffic, Expectation, Traffic


def blocking_probability(erlangs: float, agents: int) -> float:
    """Erlang's loss formula, B: the share of calls that find everybody busy where none can wait.

    By the recursion over agents, which neither factorials nor powers make overflow.
    """
    blocked = 1.0
    for number in range(1, agents + 1):
        offered = erlangs * blocked
        blocked = offered / (number + offered)
    return blocked


def waiting_probability(erlangs: float, agents: int) -> float:
    """Erlang's delay formula, C; 1 where agents are too few ever to catch up."""
    if agents <= erlangs:
        return 1.0
    blocked = blocking_probability(erlangs, agents)
    return agents * blocked / (agents - erlangs * (1 - blocked))


def of_patient_callers(traffic: Traffic, *, agents: int, within_seconds: float) -> Expectation:
    """Raises BadTraffic for fewer than no agents."""
    if agents < 0:
        raise BadTraffic
    load = traffic.erlangs
    if load == 0:
        return _undisturbed(agents)
    if agents <= load:
        return Expectation(
            waiting=1.0,
            answered_in_time=0.0,
            abandoning=0.0,
            occupancy=1.0 if agents else 0.0,
            mean_wait_seconds=None,
        )
    waiting = waiting_probability(load, agents)
    spare = agents - load
    return Expectation(
        waiting=waiting,
        answered_in_time=1
        - waiting * math.exp(-spare * within_seconds / traffic.handling_seconds),
        abandoning=0.0,
        occupancy=load / agents,
        mean_wait_seconds=waiting * traffic.handling_seconds / spare,
    )


def _undisturbed(agents: int) -> Expectation:
    answered = float(agents > 0)
    return Expectation(
        waiting=1 - answered,
        answered_in_time=answered,
        abandoning=0.0,
        occupancy=0.0,
        mean_wait_seconds=0.0 if agents else None,
    )
