"""What every step in the life of a resource asks for."""

import attrs

from application.kernel.once import Once
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class ResourceStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    resource_id: ResourceId
    version: int | None
    once: Once[Resource] | None = None
