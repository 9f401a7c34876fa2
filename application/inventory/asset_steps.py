"""What every change of a venue or trainer asks for."""

import attrs

from application.kernel.once import Once
from domain.inventory.assets import Asset
from domain.kernel.actors import Actor
from domain.kernel.identifiers import UnitId


@attrs.frozen(kw_only=True)
class AssetStep:
    """`version` is the one the caller decided on, or None to take whatever is there.

    `kind` says what the caller takes it for.
    """

    actor: Actor
    asset_id: UnitId
    kind: str
    version: int | None
    once: Once[Asset] | None = None
