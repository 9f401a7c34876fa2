"""Who and what a session is held with."""

from typing import ClassVar

import attrs

from domain.inventory.assets import Clash
from domain.kernel.refusals import Conflict


@attrs.frozen
class StaffingClash(Conflict):
    """All that stands against it: `taken`, `too_small`, `unavailable` or `not_qualified`."""

    code: ClassVar[str] = "staffing_clash"
    clashes: tuple[Clash, ...]

    def __str__(self) -> str:
        return "; ".join(f"{clash.asset_id}: {clash.reason}" for clash in self.clashes)
