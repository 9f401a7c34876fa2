"""What comes of measurements of one name in some time."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.refusals import NotFound


@attrs.frozen
class NothingMeasured(NotFound):
    code: ClassVar[str] = "nothing_measured"

    def __str__(self) -> str:
        return "nothing that is kept was measured by that name"


@attrs.frozen(kw_only=True)
class Measured:
    """Where there are none, there is no least, greatest or last."""

    count: int = 0
    total: float = 0.0
    least: float | None = None
    greatest: float | None = None
    last: float | None = None

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None

    def followed_by(self, later: "Measured") -> "Measured":
        return Measured(
            count=self.count + later.count,
            total=self.total + later.total,
            least=_of_both(min, self.least, later.least),
            greatest=_of_both(max, self.greatest, later.greatest),
            last=self.last if later.last is None else later.last,
        )


@attrs.frozen(kw_only=True)
class LastMeasured:
    """A name, and the last that was measured by it."""

    name: str
    at: datetime
    value: float
    unit: str


def _of_both(
    which: Callable[[float, float], float], one: float | None, other: float | None
) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return which(one, other)
