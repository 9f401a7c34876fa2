"""All that a transaction may touch in which an organization is set up."""

import attrs

from adapters.repositories.agents import SqlAgents, SqlQueues
from adapters.repositories.api_keys import SqlAccess, SqlApiKeys
from adapters.repositories.assets import SqlAssets
from adapters.repositories.call_quality import SqlScorecards
from adapters.repositories.crawls import SqlCrawls, SqlSites
from adapters.repositories.dispositions import SqlDispositions
from adapters.repositories.frontier import SqlFrontier
from adapters.repositories.identity import SqlOrganizations
from adapters.repositories.inventory import SqlInventory
from adapters.repositories.members import SqlMembers
from adapters.repositories.organization_settings import SqlStoredSettings
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.resources import SqlResources
from adapters.repositories.sales_terms import SqlSalesTerms
from adapters.repositories.units import SqlUnits
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.onboarding.ports import OnboardingWork


@attrs.frozen(kw_only=True)
class SqlOnboardingWork(OnboardingWork):
    organizations: SqlOrganizations
    members: SqlMembers
    api_keys: SqlApiKeys
    access: SqlAccess
    resources: SqlResources
    sales_terms: SqlSalesTerms
    inventory: SqlInventory
    units: SqlUnits
    assets: SqlAssets
    settings: SqlStoredSettings
    agents: SqlAgents
    queues: SqlQueues
    dispositions: SqlDispositions
    scorecards: SqlScorecards
    sites: SqlSites
    crawls: SqlCrawls
    frontier: SqlFrontier
    jobs: SqlJobQueue
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlOnboardingWork":
        return cls(
            organizations=SqlOrganizations(scope),
            members=SqlMembers(scope),
            api_keys=SqlApiKeys(scope),
            access=SqlAccess(scope),
            resources=SqlResources(scope),
            sales_terms=SqlSalesTerms(scope),
            inventory=SqlInventory(scope),
            units=SqlUnits(scope),
            assets=SqlAssets(scope),
            settings=SqlStoredSettings(scope),
            agents=SqlAgents(scope),
            queues=SqlQueues(scope),
            dispositions=SqlDispositions(scope),
            scorecards=SqlScorecards(scope),
            sites=SqlSites(scope),
            crawls=SqlCrawls(scope),
            frontier=SqlFrontier(scope),
            jobs=SqlJobQueue(scope),
            facts=EventLog(scope),
        )
