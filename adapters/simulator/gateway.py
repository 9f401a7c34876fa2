"""One organization's account with the simulated provider."""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import attrs
import msgspec

from adapters.simulator.answers import Answer, answered_once
from adapters.simulator.bank import Bank
from adapters.simulator.books import Books
from adapters.simulator.claims_back import SimulatedDispute, SimulatedRefund
from adapters.simulator.file import SimulatorFile
from adapters.simulator.intents import Intent
from adapters.simulator.terms import Terms
from application.kernel.ports import Chance, Clock, NewId
from application.payments.gateway import (
    PageOfChanges,
    PageOfEvents,
    PaymentAsk,
    PaymentGateway,
    ProviderRefused,
)
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.evidence import Evidence
from domain.payments.provider import ProviderDispute, ProviderPayment, ProviderRefund

PROVIDER = "simulator"
TOKENS = 2**256

Result = TypeVar("Result")


@attrs.frozen(kw_only=True)
class SimulatedProvider:
    """All accounts, in one file. `pages` is where the payment pages are: `https://…/pay`."""

    file: SimulatorFile
    terms: Terms
    pages: str
    clock: Clock
    new_id: NewId
    chance: Chance = attrs.field(repr=False)

    def bank(self, connection: sqlite3.Connection, account: str) -> Bank:
        """With everything done that should have happened by now."""
        bank = Bank(
            books=Books(connection, account),
            terms=self.terms,
            now=self.clock(),
            new_id=self.new_id,
        )
        bank.catch_up()
        return bank

    def page(self, intent: Intent) -> str:
        return f"{self.pages}/{intent.token}"

    def told(self, bank: Bank, intent: Intent) -> ProviderPayment:
        return intent.told(page=self.page(intent), fee=bank.books.fee_of(intent))

    def new_token(self) -> str:
        return f"{self.chance(TOKENS):064x}"


@attrs.frozen(kw_only=True)
class SimulatedGateway(PaymentGateway):
    of: SimulatedProvider
    account: str

    @property
    def provider(self) -> str:
        return PROVIDER

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment:
        def start(bank: Bank) -> ProviderPayment:
            return self.of.told(bank, bank.start(ask, self.of.new_token()))

        return await self._once(key, ("start", ask), ProviderPayment, start)

    async def look(self, reference: str, /) -> ProviderPayment:
        def look(bank: Bank) -> ProviderPayment:
            return self.of.told(bank, bank.books.get(Intent, reference))

        return await self._asked(look)

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        def capture(bank: Bank) -> ProviderPayment:
            intent = bank.books.get(Intent, reference)
            return self.of.told(bank, bank.capture(intent, amount))

        return await self._once(key, ("capture", reference, amount), ProviderPayment, capture)

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        def cancel(bank: Bank) -> ProviderPayment:
            return self.of.told(bank, bank.cancel(bank.books.get(Intent, reference)))

        return await self._once(key, ("cancel", reference), ProviderPayment, cancel)

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund:
        def refund(bank: Bank) -> ProviderRefund:
            intent = bank.books.get(Intent, reference)
            return bank.refund(intent, refund_id, amount).told()

        asked = ("refund", refund_id, reference, amount)
        return await self._once(key, asked, ProviderRefund, refund)

    async def look_at_refund(self, reference: str, /) -> ProviderRefund:
        return await self._asked(lambda bank: bank.books.get(SimulatedRefund, reference).told())

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute:
        return await self._asked(lambda bank: bank.books.get(SimulatedDispute, reference).told())

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        def submit(bank: Bank) -> ProviderDispute:
            dispute = bank.books.get(SimulatedDispute, reference)
            return bank.review(dispute, evidence.explanation).told()

        asked = ("evidence", reference, evidence)
        return await self._once(key, asked, ProviderDispute, submit)

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        begin = 0 if after is None else _cursor(after)

        def read(bank: Bank) -> PageOfEvents:
            found = bank.books.events(after=begin, since=since, limit=limit)
            return PageOfEvents(
                events=[event for _, event in found],
                next=str(found[-1][0]) if found else after,
            )

        return await self._asked(read)

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        begin = 0 if after is None else _cursor(after)

        def read(bank: Bank) -> PageOfChanges:
            found = bank.books.movements(since=since, until=until, after=begin, limit=limit)
            is_last = len(found) < limit
            return PageOfChanges(
                changes=[change for _, change in found],
                next=None if is_last else str(found[-1][0]),
            )

        return await self._asked(read)

    async def _asked(self, ask: Callable[[Bank], Result]) -> Result:
        return await self.of.file.transact(
            lambda connection: ask(self.of.bank(connection, self.account))
        )

    async def _once(
        self, key: str, asked: object, kind: type[Answer], do: Callable[[Bank], Answer]
    ) -> Answer:
        """Raises ProviderRefused for a key that something else was asked with."""
        fingerprint = hashlib.sha256(msgspec.json.encode(asked)).digest()

        def work(connection: sqlite3.Connection) -> Answer | ProviderRefused:
            bank = self.of.bank(connection, self.account)
            place = (self.account, key)
            return answered_once(connection, place, fingerprint, kind, lambda: do(bank))

        answer = await self.of.file.transact(work)
        if isinstance(answer, ProviderRefused):
            raise answer
        return answer


def _cursor(after: str) -> int:
    """Raises ProviderRefused."""
    if not (after.isascii() and after.isdigit()):
        raise ProviderRefused("resource_missing")
    return int(after)
