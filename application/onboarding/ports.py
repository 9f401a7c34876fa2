"""What setting up needs of all the features it fills."""

from typing import Protocol

from application.bookings.ports import SalesTermsOfResources
from application.calls.disposition_ports import Dispositions
from application.calls.people_ports import Agents, Queues
from application.calls.quality_ports import Scorecards
from application.documentation.crawl_ports import Crawls, Frontier, Sites
from application.identity.people_ports import Members
from application.identity.ports import Access, ApiKeys, Organizations
from application.identity.setting_ports import StoredSettings
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
    def settings(self) -> StoredSettings: ...

    @property
    def agents(self) -> Agents: ...

    @property
    def queues(self) -> Queues: ...

    @property
    def dispositions(self) -> Dispositions: ...

    @property
    def scorecards(self) -> Scorecards: ...

    @property
    def sites(self) -> Sites: ...

    @property
    def crawls(self) -> Crawls: ...

    @property
    def frontier(self) -> Frontier: ...

    @property
    def jobs(self) -> JobQueue: ...

    @property
    def facts(self) -> Facts: ...
