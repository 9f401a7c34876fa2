"""All checks of what is stored, in SQL."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from adapters.readers.verification_agent_presences import agent_presence_checks
from adapters.readers.verification_blocks import block_checks
from adapters.readers.verification_boarding import boarding_checks
from adapters.readers.verification_booking_figures import booking_figure_checks
from adapters.readers.verification_bookings import booking_checks
from adapters.readers.verification_call_figures import call_figure_checks
from adapters.readers.verification_call_quality import call_quality_checks
from adapters.readers.verification_called_off import called_off_checks
from adapters.readers.verification_calls import call_checks
from adapters.readers.verification_chain import broken_chains
from adapters.readers.verification_channels import channel_checks
from adapters.readers.verification_discount_codes import discount_code_checks
from adapters.readers.verification_documentation import documentation_checks
from adapters.readers.verification_erased_payments import erased_payment_checks
from adapters.readers.verification_escalations import escalation_checks
from adapters.readers.verification_events import event_checks
from adapters.readers.verification_exclusives import exclusive_checks
from adapters.readers.verification_exports import export_checks
from adapters.readers.verification_gift_credit import gift_credit_checks
from adapters.readers.verification_instalments import instalment_checks
from adapters.readers.verification_inventory import inventory_checks
from adapters.readers.verification_itineraries import itinerary_checks
from adapters.readers.verification_outbox import outbox_checks
from adapters.readers.verification_papers import paper_checks
from adapters.readers.verification_payments import payment_checks
from adapters.readers.verification_people import people_checks
from adapters.readers.verification_pipelines import pipeline_checks
from adapters.readers.verification_reports import report_checks
from adapters.readers.verification_sealing import sealing_checks
from adapters.readers.verification_sources import source_checks
from adapters.readers.verification_sums import books_sum_checks
from adapters.readers.verification_units import unit_checks
from adapters.readers.verification_waiting import waiting_checks
from adapters.readers.verification_walls import wall_checks
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import Owned
from application.kernel.ports import Clock
from application.kernel.verification import Finding, Verification


@attrs.frozen(kw_only=True)
class SqlVerification(Verification):
    """`patience` is how long events and jobs may wait before somebody should know."""

    database: Database
    clock: Clock
    patience: timedelta = timedelta(minutes=5)

    async def __call__(self) -> Sequence[Finding]:
        findings: list[Finding] = []
        for check in (
            *inventory_checks(),
            *booking_checks(self.database.engine.dialect.name),
            *boarding_checks(self.database.engine.dialect.name),
            *itinerary_checks(self.database.engine.dialect.name),
            *unit_checks(self.database.engine.dialect.name),
            *exclusive_checks(self.database.engine.dialect.name),
            *discount_code_checks(),
            *waiting_checks(now=self.clock()),
            *block_checks(self.database.engine.dialect.name),
            *called_off_checks(since=self.clock() - self.patience),
            *paper_checks(),
            *payment_checks(now=self.clock()),
            *gift_credit_checks(),
            *export_checks(),
            *report_checks(now=self.clock()),
            *instalment_checks(now=self.clock()),
            *people_checks(),
            *call_checks(),
            *call_quality_checks(),
            *call_figure_checks(),
            *agent_presence_checks(),
            *booking_figure_checks(),
            *books_sum_checks(),
            *documentation_checks(),
            *source_checks(),
            *channel_checks(self.database.engine.dialect.name),
            *pipeline_checks(),
            *sealing_checks(),
            *erased_payment_checks(),
            *escalation_checks(since=self.clock() - self.patience),
            *event_checks(),
            *outbox_checks(since=self.clock() - self.patience),
            *wall_checks(self.database.engine.dialect.name),
        ):
            findings += await self.database.read(check, of=EVERYBODY)
        return [*findings, *await broken_chains(self.database)]


@attrs.frozen(kw_only=True)
class OwnersVerification(Verification):
    """As the owner of the tables: whoever serves sees one organization at a time."""

    owned: Owned
    clock: Clock
    patience: timedelta = timedelta(minutes=5)

    async def __call__(self) -> Sequence[Finding]:
        async with self.owned() as database:
            verify = SqlVerification(database=database, clock=self.clock, patience=self.patience)
            return await verify()
