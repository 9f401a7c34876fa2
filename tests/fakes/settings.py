"""What organizations have set, in memory."""

from collections.abc import Mapping
from typing import Any

import attrs

from application.kernel.settings import OwnSettings
from domain.inventory.pools import USUALLY_FEW, Few
from domain.kernel.actors import Actor
from tests.fakes.rows import Rows


@attrs.frozen
class MemorySettings(OwnSettings):
    rows: Rows

    def values(self) -> Mapping[str, Any]:
        return dict(self.rows.settings)


async def usually_few(_actor: Actor) -> Few:
    return USUALLY_FEW
