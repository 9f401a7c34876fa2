"""Organizations and tickets in SQL, and all that identity has."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, Table, delete, select, update

from adapters.mapping.organizations import organization_of
from adapters.mapping.usage import counted, counting, usage_of
from adapters.repositories.api_keys import SqlAccess, SqlApiKeys
from adapters.repositories.organization_settings import SqlStoredSettings
from adapters.schema.identity import organizations
from adapters.schema.realtime import member_tickets, tickets
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.identity.ports import IdentityWork, Organizations, Tickets, Usages
from application.kernel.ports import Stale
from domain.identity.organizations import Organization, OrganizationNotFound, SlugTaken
from domain.identity.tickets import ApiKeyHolder, SessionHolder, Ticket, TicketRefused
from domain.identity.usage import Usage


@attrs.frozen
class SqlOrganizations(Organizations):
    scope: Scope

    def add(self, organization: Organization) -> None:
        def taken(connection: Connection) -> None:
            # Whose the slug is cannot be seen; that it is not the id that is taken can.
            ours = select(organizations.c.slug).where(self.scope.owns(organizations))
            if connection.execute(ours).first() is None:
                raise SlugTaken(organization.slug)

        self.scope.add(
            organizations,
            slug=organization.slug,
            name=organization.name,
            created_at=organization.created_at,
            status=organization.status.value,
            tier=organization.tier.value,
            version=organization.version,
            wanted_slug=organization.wanted_slug,
        )
        self.scope.explain(organizations, taken)

    def own(self) -> Organization:
        row = self.scope.ask(
            select(organizations).where(self.scope.owns(organizations))
        ).one_or_none()
        if row is None:
            raise OrganizationNotFound
        return organization_of(row)

    def save(self, organization: Organization) -> Organization:
        def taken(_: Connection) -> None:
            raise SlugTaken(organization.slug)

        self.scope.explain(organizations, taken)
        changed = self.scope.execute(
            update(organizations)
            .where(self.scope.owns(organizations), organizations.c.version == organization.version)
            .values(
                slug=organization.slug,
                wanted_slug=organization.wanted_slug,
                name=organization.name,
                status=organization.status.value,
                tier=organization.tier.value,
                metadata=dict(organization.metadata),
                version=organization.version + 1,
            )
        )
        if changed.rowcount != 1:
            raise Stale(f"organization {organization.id}")
        EventLog(self.scope).publish(organization.events)
        return attrs.evolve(organization, version=organization.version + 1, events=())


@attrs.frozen
class SqlTickets(Tickets):
    """Two who show one ticket at the same time both delete its row, and one of them has it."""

    scope: Scope

    def add(self, ticket: Ticket) -> None:
        table = tickets if isinstance(ticket.holder, ApiKeyHolder) else member_tickets
        self.scope.add(
            table,
            digest=ticket.digest,
            expires_at=ticket.expires_at,
            **attrs.asdict(ticket.holder),
        )

    def redeem(self, digest: bytes, *, now: datetime) -> ApiKeyHolder | SessionHolder:
        of_key = self._redeemed(tickets, digest, now)
        if of_key is not None:
            return ApiKeyHolder(of_key.api_key_id)
        of_session = self._redeemed(member_tickets, digest, now)
        if of_session is not None:
            return SessionHolder(of_session.session_id)
        raise TicketRefused

    def forget_expired(self, *, now: datetime) -> None:
        for table in (tickets, member_tickets):
            self.scope.execute(
                delete(table).where(self.scope.owns(table), table.c.expires_at <= now)
            )

    def _redeemed(self, table: Table, digest: bytes, now: datetime) -> Row[Any] | None:
        redeemed = self.scope.execute(
            delete(table)
            .where(self.scope.owns(table), table.c.digest == digest, table.c.expires_at > now)
            .returning(table)
        )
        return redeemed.one_or_none()


@attrs.frozen
class SqlUsages(Usages):
    scope: Scope

    def counted(self, *, now: datetime) -> Usage:
        asked = counted(self.scope.organization_id, now)
        return usage_of(self.scope.ask(counting(), asked).one())


@attrs.frozen
class SqlIdentityWork(IdentityWork):
    organizations: SqlOrganizations
    api_keys: SqlApiKeys
    tickets: SqlTickets
    access: SqlAccess
    usages: SqlUsages
    settings: SqlStoredSettings
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlIdentityWork":
        return cls(
            SqlOrganizations(scope),
            SqlApiKeys(scope),
            SqlTickets(scope),
            SqlAccess(scope),
            SqlUsages(scope),
            SqlStoredSettings(scope),
            EventLog(scope),
        )
