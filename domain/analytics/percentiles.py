"""Percentiles by one stated method."""

from collections.abc import Sequence


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """The value below which `share` of the ascending values lie; None without values.

    Between two values in proportion: method 7 of R. J. Hyndman and Y. Fan (1996), which is
    `percentile_cont` of SQL and the default of pandas and DuckDB's `quantile_cont`.
    """
    if not ordered:
        return None
    rank = share * (len(ordered) - 1)
    below = int(rank)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (rank - below)
