"""One thing may fail without the others."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable

import attrs

from application.kernel.figures import UNTOLD, Figures
from application.kernel.ports import Stale
from application.kernel.refusals import Unavailable
from application.kernel.told_figures import WORKER_FAILURES
from domain.kernel.identifiers import OrganizationId

logger = logging.getLogger(__name__)

FIRST_REST = 1.0
LONGEST_REST = 60.0

Key = tuple[str, OrganizationId | None]


@attrs.frozen
class Rest:
    """So many failures in a row, and the moment from which on it is tried again."""

    failures: int
    until: float


@attrs.define
class Guard:
    """What fails is logged, counted, and rests for longer each time, by name and organization."""

    seconds: Callable[[], float]
    figures: Figures = UNTOLD
    failures: Counter[str] = attrs.field(factory=Counter)
    _resting: dict[Key, Rest] = attrs.field(factory=dict, init=False)

    async def __call__(
        self,
        name: str,
        work: Callable[[], Awaitable[int]],
        *,
        organization_id: OrganizationId | None = None,
    ) -> int:
        """What `work` returns, or 0. Raises Unavailable: then nobody can do anything."""
        key = (name, organization_id)
        rest = self._resting.get(key)
        if rest and self.seconds() < rest.until:
            return 0
        try:
            done = await work()
        except Unavailable:
            raise
        except Stale:
            return 0  # another worker was faster, and has done it
        except Exception:
            failures = rest.failures + 1 if rest else 1
            wait = min(FIRST_REST * 2 ** (failures - 1), LONGEST_REST)
            logger.exception(
                "failed to %s, %d in a row; tried again in %d s",
                name,
                failures,
                wait,
                extra={"task": name, "organization_id": str(organization_id or "")},
            )
            self.failures[name] += 1
            self.figures.add(WORKER_FAILURES, name)
            self._resting[key] = Rest(failures, self.seconds() + wait)
            return 0
        self._resting.pop(key, None)
        return done
