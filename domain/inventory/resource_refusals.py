"""What cannot be done with a resource as it is."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.identifiers import ResourceId
from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class ResourceCannotBecome(Conflict):
    code: ClassVar[str] = "resource_cannot_become"
    resource_id: ResourceId
    state: str
    wanted: str

    def __str__(self) -> str:
        return f"resource {self.resource_id} is {self.state}: it cannot become {self.wanted}"


@attrs.frozen
class NotYetOver(Conflict):
    code: ClassVar[str] = "not_yet_over"
    resource_id: ResourceId
    ends_at: datetime

    def __str__(self) -> str:
        return f"resource {self.resource_id} takes place until {self.ends_at.isoformat()}"


@attrs.frozen
class ResourceIsDeleted(Conflict):
    """Nothing is done with it until it is restored."""

    code: ClassVar[str] = "resource_is_deleted"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"resource {self.resource_id} is deleted: restore it first"


@attrs.frozen
class ResourceIsNotDeleted(Conflict):
    code: ClassVar[str] = "resource_is_not_deleted"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"resource {self.resource_id} is not deleted"


@attrs.frozen
class ResourceBooked(Conflict):
    """Somebody has a booking that relies on it as it is."""

    code: ClassVar[str] = "resource_booked"
    resource_id: ResourceId

    def __str__(self) -> str:
        return (
            f"somebody has booked resource {self.resource_id}: cancel it for everybody, or add "
            "another"
        )


@attrs.frozen
class UnitsShared(Conflict):
    """Other resources sell the same units, and need them as they are."""

    code: ClassVar[str] = "units_shared"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"resource {self.resource_id} sells the same units as others"


@attrs.frozen
class KindOfResourceFixed(Invalid):
    code: ClassVar[str] = "kind_of_resource_fixed"
    field: ClassVar[str] = "offering/kind"
    kind: str

    def __str__(self) -> str:
        return f"the kind of a resource stays what it is: {self.kind}"


@attrs.frozen
class UnfitStock(Invalid):
    code: ClassVar[str] = "unfit_stock"
    field: ClassVar[str] = "stock_id"
    stock_id: ResourceId

    def __str__(self) -> str:
        return (
            "units are those of a resource of the same kind, zone and time, which has units of "
            "its own and is not deleted"
        )
