"""The one definition of how many calls are escalated."""


def escalation_rate(*, calls: int, escalated: int) -> float | None:
    """Calls with at least one escalation, of all calls; None where there are no calls.

    A call that was escalated twice counts once, and one that is still going on counts.
    """
    return None if calls == 0 else escalated / calls
