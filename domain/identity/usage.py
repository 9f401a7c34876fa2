"""What an organization has that is live: what would be missed if it went away."""

from typing import ClassVar

import attrs

from domain.kernel.refusals import Conflict


@attrs.frozen
class OrganizationInUse(Conflict):
    """Customers count on it: there are bookings that have not ended."""

    code: ClassVar[str] = "organization_in_use"
    bookings: int

    def __str__(self) -> str:
        return f"{self.bookings} bookings have not ended yet; say that you mean it nevertheless"


@attrs.frozen(kw_only=True)
class Usage:
    """How many there are; `bookings` are those that hold units and have not ended."""

    api_keys: int
    members: int
    resources: int
    bookings: int
    waiting_entries: int
    blocks: int

    def must_be_over(self) -> None:
        """Raises OrganizationInUse."""
        if self.bookings:
            raise OrganizationInUse(self.bookings)
