"""What setting up needs of all the features it fills."""

from typing import Protocol

from application.bookings.ports import SalesTermsOfResources
from application.identity.people_ports import Members
from application.identity.ports import Access, ApiKeys, Organizations
from application.inventory.ports import Assets, Inventory, Resources, Units
from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue


class OnboardingWork(Protocol):
    @property
    def organizations(self) -> Organizations: ...

    @property
    def members(self) -> Members: ...

    @property
    def api_keys(self) -> ApiKeys: ...

    @property
    def access(self) -> Access: ...

    @property
    def resources(self) -> Resources: ...

    @property
    def sales_terms(self) -> SalesTermsOfResources: ...

    @property
    def inventory(self) -> Inventory: ...

    @property
    def units(self) -> Units: ...

    @property
    def assets(self) -> Assets: ...

    @property
    def jobs(self) -> JobQueue: ...

    @property
    def facts(self) -> Facts: ...
