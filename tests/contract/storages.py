"""What keeps bookings and inventory, in memory or in SQL, and a way to look inside."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol
from uuid import uuid4

import attrs
from sqlalchemy import Column, RowMapping, Select, Table, func, select

from adapters.repositories.agents import SqlAgents, SqlQueues
from adapters.repositories.assets import SqlAssets
from adapters.repositories.attendance import SqlAttendance
from adapters.repositories.blocks import SqlBlocks
from adapters.repositories.boarding import SqlBoardingNumbers
from adapters.repositories.bookings import SqlBookings
from adapters.repositories.call_lines import SqlLines
from adapters.repositories.call_notes import SqlCallNotes
from adapters.repositories.call_quality import SqlEvaluations, SqlQualities, SqlScorecards
from adapters.repositories.call_templates import SqlCallTemplates
from adapters.repositories.calls import SqlCalls
from adapters.repositories.calls_together import SqlCallsTogether
from adapters.repositories.customers import SqlCustomers
from adapters.repositories.desk_numbers import SqlDeskNumbers
from adapters.repositories.discount_codes import SqlDiscountCodes
from adapters.repositories.dispositions import SqlDispositions
from adapters.repositories.escalations import SqlEscalations
from adapters.repositories.gift_credits import SqlGiftCredits
from adapters.repositories.instalments import SqlInstalments
from adapters.repositories.inventory import SqlInventory
from adapters.repositories.itineraries import SqlItineraries
from adapters.repositories.ledger import SqlLedger
from adapters.repositories.organization_settings import SqlOwnSettings
from adapters.repositories.paper_fees import SqlPaperFees
from adapters.repositories.paper_sources import SqlPaperSources
from adapters.repositories.papers import SqlPaperFiles, SqlPapers, SqlSeriesOfNumbers
from adapters.repositories.payments import SqlPayments
from adapters.repositories.promises import SqlCancellationQuotes, SqlChangeQuotes, SqlRefundQuotes
from adapters.repositories.provider_news import SqlDisputes, SqlProviderEvents
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.quotes import SqlQuotes
from adapters.repositories.refunds import SqlRefunds
from adapters.repositories.resources import SqlResources
from adapters.repositories.sales_terms import SqlSalesTerms
from adapters.repositories.units import SqlUnits
from adapters.repositories.waiting import SqlWaitingList
from adapters.repositories.yeses import SqlYeses
from adapters.schema.events import event_log
from adapters.schema.inventory import claims, pools
from adapters.schema.jobs import queued_jobs
from adapters.sql.database import Database
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.customer_ports import CustomerWork
from application.bookings.payment_ports import BooksWork, SettlementWork
from application.calls.desk_number_ports import DeskNumberWork
from application.calls.disposition_ports import DispositionWork
from application.calls.intake import IntakeWork
from application.calls.note_ports import NoteWork
from application.calls.people_ports import EscalatingWork
from application.calls.quality_ports import QualityWork
from application.calls.template_ports import CallTemplateWork
from application.inventory.ports import InventoryWork
from application.kernel.ports import UnitOfWork
from application.paperwork.ports import PaperWork
from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PoolId
from tests.samples import DESK, DOUBLE_ROOMS, FIRST_AID, NOW, nights, quote, room_terms


class Work(
    DeskNumberWork,
    SettlementWork,
    CustomerWork,
    InventoryWork,
    PaperWork,
    BooksWork,
    EscalatingWork,
    QualityWork,
    NoteWork,
    DispositionWork,
    CallTemplateWork,
    IntakeWork,
    Protocol,
):
    """Every feature's work at once, so that a test can arrange and act in one transaction."""


@attrs.frozen(kw_only=True)
class SqlWork(Work):
    bookings: SqlBookings
    customers: SqlCustomers
    itineraries: SqlItineraries
    quotes: SqlQuotes
    refund_quotes: SqlRefundQuotes
    instalments: SqlInstalments
    cancellation_quotes: SqlCancellationQuotes
    change_quotes: SqlChangeQuotes
    discount_codes: SqlDiscountCodes
    sales_terms: SqlSalesTerms
    waiting: SqlWaitingList
    blocks: SqlBlocks
    boarding: SqlBoardingNumbers
    inventory: SqlInventory
    resources: SqlResources
    units: SqlUnits
    assets: SqlAssets
    attendance: SqlAttendance
    own_settings: SqlOwnSettings
    yeses: SqlYeses
    papers: SqlPapers
    paper_fees: SqlPaperFees
    numbers: SqlSeriesOfNumbers
    sources: SqlPaperSources
    files: SqlPaperFiles
    payments: SqlPayments
    refunds: SqlRefunds
    disputes: SqlDisputes
    ledger: SqlLedger
    provider_events: SqlProviderEvents
    gift_credits: SqlGiftCredits
    calls: SqlCalls
    together: SqlCallsTogether
    notes: SqlCallNotes
    desk_numbers: SqlDeskNumbers
    dispositions: SqlDispositions
    call_templates: SqlCallTemplates
    agents: SqlAgents
    queues: SqlQueues
    escalations: SqlEscalations
    lines: SqlLines
    scorecards: SqlScorecards
    evaluations: SqlEvaluations
    qualities: SqlQualities
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(
        cls,
        scope: Scope,
        *,
        bookings: type[SqlBookings] = SqlBookings,
        inventory: type[SqlInventory] = SqlInventory,
    ) -> "SqlWork":
        """With other repositories, for tests that plant a bug."""
        return cls(
            bookings=bookings(scope),
            customers=SqlCustomers(scope),
            itineraries=SqlItineraries(scope),
            quotes=SqlQuotes(scope),
            refund_quotes=SqlRefundQuotes(scope),
            instalments=SqlInstalments(scope),
            cancellation_quotes=SqlCancellationQuotes(scope),
            change_quotes=SqlChangeQuotes(scope),
            discount_codes=SqlDiscountCodes(scope),
            sales_terms=SqlSalesTerms(scope),
            waiting=SqlWaitingList(scope),
            blocks=SqlBlocks(scope),
            boarding=SqlBoardingNumbers(scope),
            inventory=inventory(scope),
            resources=SqlResources(scope),
            units=SqlUnits(scope),
            assets=SqlAssets(scope),
            attendance=SqlAttendance(scope),
            own_settings=SqlOwnSettings(scope),
            yeses=SqlYeses(scope),
            papers=SqlPapers(scope),
            paper_fees=SqlPaperFees(scope),
            numbers=SqlSeriesOfNumbers(scope),
            sources=SqlPaperSources(scope),
            files=SqlPaperFiles(scope),
            payments=SqlPayments(scope),
            refunds=SqlRefunds(scope),
            disputes=SqlDisputes(scope),
            ledger=SqlLedger(scope),
            provider_events=SqlProviderEvents(scope),
            gift_credits=SqlGiftCredits(scope),
            calls=SqlCalls(scope),
            together=SqlCallsTogether(scope),
            notes=SqlCallNotes(scope),
            desk_numbers=SqlDeskNumbers(scope),
            dispositions=SqlDispositions(scope),
            call_templates=SqlCallTemplates(scope),
            agents=SqlAgents(scope),
            queues=SqlQueues(scope),
            escalations=SqlEscalations(scope),
            lines=SqlLines(scope),
            scorecards=SqlScorecards(scope),
            evaluations=SqlEvaluations(scope),
            qualities=SqlQualities(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )


class Storage(Protocol):
    """A unit of work, and what an organization has in it."""

    @property
    def work(self) -> UnitOfWork[Work]: ...

    async def pools(self, actor: Actor = DESK) -> Mapping[PoolId, Pool]: ...

    async def claimed(self, actor: Actor = DESK) -> Mapping[PoolId, int]:
        """Units by pool, added up over the claims."""

    async def events(self, actor: Actor = DESK) -> Sequence[str]:
        """Names, in the order of writing."""

    async def jobs(self, actor: Actor = DESK) -> Sequence[str]:
        """Names, sorted."""


@attrs.frozen
class SqlStorage(Storage):
    database: Database
    work: UnitOfWork[Work]

    async def pools(self, actor: Actor = DESK) -> Mapping[PoolId, Pool]:
        columns = [column for column in pools.c if column.name != "organization_id"]
        question = select(*columns).where(pools.c.organization_id == actor.organization_id)
        return {row["id"]: Pool(**row) for row in await self._rows(question, actor)}

    async def claimed(self, actor: Actor = DESK) -> Mapping[PoolId, int]:
        question = (
            select(claims.c.pool_id, func.sum(claims.c.units).label("units"))
            .where(claims.c.organization_id == actor.organization_id)
            .group_by(claims.c.pool_id)
        )
        rows = await self._rows(question, actor)
        return {row["pool_id"]: row["units"] for row in rows}

    async def events(self, actor: Actor = DESK) -> Sequence[str]:
        return await self._names(event_log, event_log.c.arrival, actor)

    async def jobs(self, actor: Actor = DESK) -> Sequence[str]:
        return await self._names(queued_jobs, queued_jobs.c.name, actor)

    async def _names(self, table: Table, order: Column[Any], actor: Actor) -> Sequence[str]:
        ours = table.c.organization_id == actor.organization_id
        question = select(table.c.name).where(ours).order_by(order)
        return [row["name"] for row in await self._rows(question, actor)]

    async def _rows(self, question: Select[Any], actor: Actor) -> Sequence[RowMapping]:
        return await self.database.read(
            lambda connection: connection.execute(question).mappings().all(),
            of=actor.organization_id,
        )


def sql_storage(
    database: Database,
    *,
    bookings: type[SqlBookings] = SqlBookings,
    inventory: type[SqlInventory] = SqlInventory,
) -> SqlStorage:
    on = partial(SqlWork.on, bookings=bookings, inventory=inventory)
    work = SqlUnitOfWork[Work](database=database, work_on=on, new_id=uuid4, clock=lambda: NOW)
    return SqlStorage(database, work)


async def put_on_sale(
    storage: Storage, *, capacity: int = 1, allowance: int = 0, days: int = 10, actor: Actor = DESK
) -> None:
    """Ten nights of double rooms, with rates, and a course without seats; one quote to hold."""

    def open_all(work: Work) -> None:
        work.resources.save(DOUBLE_ROOMS)
        work.resources.save(FIRST_AID)
        work.sales_terms.save(room_terms())
        work.quotes.add(quote())
        work.inventory.open(nights(capacity=capacity, allowance=allowance, days=days))

    await storage.work(actor, open_all)


async def taken(storage: Storage, actor: Actor = DESK) -> dict[PoolId, int]:
    """Units by pool, where there are any; both ways of counting must agree."""
    pools = await storage.pools(actor)
    counted = {pool.id: pool.taken for pool in pools.values() if pool.taken}
    assert counted == await storage.claimed(actor)
    assert all(0 <= pool.taken <= pool.capacity + pool.allowance for pool in pools.values())
    return counted
