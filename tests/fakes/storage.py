"""Storage in memory, as strict as the real one; one transaction at a time, like SQLite."""

from collections.abc import Callable
from typing import TypeVar

import anyio
import attrs

from application.bookings.customer_ports import CustomerWork
from application.bookings.payment_ports import BooksWork, SettlementWork
from application.calls.desk_number_ports import DeskNumberWork
from application.calls.disposition_ports import DispositionWork
from application.calls.intake import IntakeWork
from application.calls.note_ports import NoteWork
from application.calls.people_ports import ListeningWork
from application.calls.quality_ports import QualityWork
from application.calls.template_ports import CallTemplateWork
from application.inventory.ports import InventoryWork
from application.kernel.once import KeyReused, Once, Replayed
from application.kernel.ports import UnitOfWork
from application.paperwork.ports import PaperWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from tests.fakes.attendance import MemoryAttendance
from tests.fakes.blocks import MemoryBlocks
from tests.fakes.boarding import MemoryBoardingNumbers
from tests.fakes.bookings import (
    MemoryBookings,
    MemoryItineraries,
    MemoryQuotes,
    MemoryResources,
    MemorySalesTerms,
)
from tests.fakes.call_quality import (
    MemoryEvaluations,
    MemoryLines,
    MemoryQualities,
    MemoryScorecards,
)
from tests.fakes.call_templates import MemoryCallTemplates
from tests.fakes.calls import MemoryCallNotes, MemoryCalls
from tests.fakes.calls_together import MemoryCallsTogether
from tests.fakes.customers import MemoryCustomers
from tests.fakes.desk_numbers import MemoryDeskNumbers
from tests.fakes.discount_codes import MemoryDiscountCodes
from tests.fakes.dispositions import MemoryDispositions
from tests.fakes.escalations import MemoryAgents, MemoryEscalations, MemoryQueues
from tests.fakes.gift_credits import MemoryGiftCredits
from tests.fakes.instalments import MemoryInstalments
from tests.fakes.inventory import MemoryInventory
from tests.fakes.outbox import MemoryOutbox
from tests.fakes.papers import (
    MemoryPaperFees,
    MemoryPaperFiles,
    MemoryPapers,
    MemoryPaperSources,
    MemorySeriesOfNumbers,
)
from tests.fakes.payments import (
    MemoryDisputes,
    MemoryLedger,
    MemoryPayments,
    MemoryProviderEvents,
    MemoryRefunds,
)
from tests.fakes.promises import (
    MemoryCancellationQuotes,
    MemoryChangeQuotes,
    MemoryRefundQuotes,
)
from tests.fakes.rows import Rows
from tests.fakes.settings import MemorySettings
from tests.fakes.units import MemoryAssets, MemoryUnits
from tests.fakes.waiting import MemoryWaitingList
from tests.fakes.yeses import MemoryYeses

Decision = TypeVar("Decision")


@attrs.frozen
class Memory(UnitOfWork["MemoryWork"]):
    """Works on a copy, which takes the place of the original if all goes well."""

    organizations: dict[OrganizationId, Rows] = attrs.field(factory=dict)
    turn: anyio.Lock = attrs.field(factory=anyio.Lock)

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[["MemoryWork"], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        async with self.turn:
            rows = self.rows(actor)
            if once is not None:
                _replay(rows, actor, once)
            decision = decide(MemoryWork.on(rows, actor))
            if once is not None:
                rows.answers[actor.id, once.key] = once.fingerprint, once.answer(decision)
            rows.done_in.extend([actor.call_id] * (len(rows.events) - len(rows.done_in)))
            self.organizations[actor.organization_id] = rows
            return decision

    def rows(self, actor: Actor) -> Rows:
        """What the actor's organization has stored by now; for tests to look at."""
        return self.organizations.get(actor.organization_id, Rows()).copy()


def _replay(rows: Rows, actor: Actor, once: Once[Decision]) -> None:
    if (actor.id, once.key) in rows.answers:
        fingerprint, answer = rows.answers[actor.id, once.key]
        raise Replayed(answer) if fingerprint == once.fingerprint else KeyReused()


@attrs.frozen
class MemoryWork(
    SettlementWork,
    CustomerWork,
    InventoryWork,
    PaperWork,
    BooksWork,
    ListeningWork,
    QualityWork,
    NoteWork,
    DispositionWork,
    CallTemplateWork,
    DeskNumberWork,
    IntakeWork,
):
    """Every feature's work at once: all of them share one transaction."""

    bookings: MemoryBookings
    customers: MemoryCustomers
    itineraries: MemoryItineraries
    quotes: MemoryQuotes
    refund_quotes: MemoryRefundQuotes
    instalments: MemoryInstalments
    gift_credits: MemoryGiftCredits
    cancellation_quotes: MemoryCancellationQuotes
    change_quotes: MemoryChangeQuotes
    discount_codes: MemoryDiscountCodes
    sales_terms: MemorySalesTerms
    waiting: MemoryWaitingList
    blocks: MemoryBlocks
    boarding: MemoryBoardingNumbers
    inventory: MemoryInventory
    resources: MemoryResources
    units: MemoryUnits
    assets: MemoryAssets
    attendance: MemoryAttendance
    own_settings: MemorySettings
    yeses: MemoryYeses
    papers: MemoryPapers
    paper_fees: MemoryPaperFees
    numbers: MemorySeriesOfNumbers
    sources: MemoryPaperSources
    files: MemoryPaperFiles
    payments: MemoryPayments
    refunds: MemoryRefunds
    disputes: MemoryDisputes
    ledger: MemoryLedger
    provider_events: MemoryProviderEvents
    calls: MemoryCalls
    together: MemoryCallsTogether
    notes: MemoryCallNotes
    desk_numbers: MemoryDeskNumbers
    dispositions: MemoryDispositions
    call_templates: MemoryCallTemplates
    agents: MemoryAgents
    queues: MemoryQueues
    escalations: MemoryEscalations
    lines: MemoryLines
    scorecards: MemoryScorecards
    evaluations: MemoryEvaluations
    qualities: MemoryQualities
    facts: MemoryOutbox
    jobs: MemoryOutbox

    @classmethod
    def on(cls, rows: Rows, actor: Actor) -> "MemoryWork":
        outbox = MemoryOutbox(rows, actor.organization_id)
        return cls(
            bookings=MemoryBookings(rows),
            customers=MemoryCustomers(rows),
            itineraries=MemoryItineraries(rows),
            quotes=MemoryQuotes(rows),
            refund_quotes=MemoryRefundQuotes(rows),
            instalments=MemoryInstalments(rows),
            gift_credits=MemoryGiftCredits(rows),
            cancellation_quotes=MemoryCancellationQuotes(rows),
            change_quotes=MemoryChangeQuotes(rows),
            discount_codes=MemoryDiscountCodes(rows),
            sales_terms=MemorySalesTerms(rows),
            waiting=MemoryWaitingList(rows),
            blocks=MemoryBlocks(rows),
            boarding=MemoryBoardingNumbers(rows),
            inventory=MemoryInventory(rows),
            resources=MemoryResources(rows),
            units=MemoryUnits(rows),
            assets=MemoryAssets(rows),
            attendance=MemoryAttendance(rows),
            own_settings=MemorySettings(rows),
            yeses=MemoryYeses(rows, actor),
            papers=MemoryPapers(rows),
            paper_fees=MemoryPaperFees(rows),
            numbers=MemorySeriesOfNumbers(rows),
            sources=MemoryPaperSources(rows),
            files=MemoryPaperFiles(rows),
            payments=MemoryPayments(rows),
            refunds=MemoryRefunds(rows),
            disputes=MemoryDisputes(rows),
            ledger=MemoryLedger(rows),
            provider_events=MemoryProviderEvents(rows),
            calls=MemoryCalls(rows),
            together=MemoryCallsTogether(rows),
            notes=MemoryCallNotes(rows),
            desk_numbers=MemoryDeskNumbers(rows),
            dispositions=MemoryDispositions(rows),
            call_templates=MemoryCallTemplates(rows),
            agents=MemoryAgents(rows),
            queues=MemoryQueues(rows),
            escalations=MemoryEscalations(rows),
            lines=MemoryLines(rows),
            scorecards=MemoryScorecards(rows),
            evaluations=MemoryEvaluations(rows),
            qualities=MemoryQualities(rows),
            facts=outbox,
            jobs=outbox,
        )
