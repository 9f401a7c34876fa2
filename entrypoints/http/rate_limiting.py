"""Limits on requests at the edge: who is counted, and what answers say about it.

The fields are those of draft-ietf-httpapi-ratelimit-headers-10. A refusal's `Retry-After` is the
time until there is one more; `t` says the same then, and else when the quota is whole again.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.identity.request_limits import Counted
from domain.kernel.quotas import Quota, Verdict
from entrypoints.http.operations import Operation

HEALTH = "health"
STATE = "frontdesk.quotas"
READING = frozenset({"GET", "HEAD"})

Header = tuple[bytes, bytes]


def is_limited(operation: Operation) -> bool:
    """Supervisors must not be told to come back later."""
    return operation.tag != HEALTH


def counted_as(operation: Operation, method: str) -> Counted | None:
    """None for what is not limited."""
    if operation.counts_as is not None or not is_limited(operation):
        return operation.counts_as
    if operation.needs is None:
        return Counted.PUBLIC
    return Counted.READ if method in READING else Counted.WRITE


def telling(scope: Any) -> Callable[[Quota, Verdict], None]:
    """Keeps how quotas stand, for the answer to this request."""

    def tell(quota: Quota, verdict: Verdict) -> None:
        scope.setdefault(STATE, []).append((quota, verdict))

    return tell


def headers_of(scope: Mapping[str, Any]) -> list[Header]:
    told: list[tuple[Quota, Verdict]] = scope.get(STATE, [])
    if not told:
        return []
    policies = (f'"{quota.name}";q={quota.most};w={quota.seconds}' for quota, _ in told)
    lefts = (f'"{quota.name}";r={left.remaining};t={left.reset}' for quota, left in told)
    return [
        (b"ratelimit-policy", ", ".join(policies).encode()),
        (b"ratelimit", ", ".join(lefts).encode()),
    ]
