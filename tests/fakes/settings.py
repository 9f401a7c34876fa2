"""What organizations have set, in memory."""

from collections.abc import Mapping
from typing import Any

import attrs

from application.kernel.settings import OwnSettings
from domain.inventory.pools import USUALLY_FEW, Few
from domain.kernel.actors import Actor
from domain.kernel.desk_kinds import of_its_kind
from tests.fakes.rows import Rows


@attrs.frozen
class MemorySettings(OwnSettings):
    rows: Rows

    def values(self) -> Mapping[str, Any]:
        return of_its_kind(self.rows.settings)


async def usually_few(_actor: Actor) -> Few:
    return USUALLY_FEW
