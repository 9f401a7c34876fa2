"""The payment page: instead of entering a card, the customer chooses what shall come of it."""

import sqlite3
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import attrs

from adapters.simulator.bank import Bank
from adapters.simulator.books import account_of_page
from adapters.simulator.cards import CARDS
from adapters.simulator.gateway import SimulatedProvider
from adapters.simulator.intents import Intent
from application.payments.payment_page import (
    WALK_AWAY,
    Choice,
    NoSuchChoice,
    NoSuchPaymentPage,
    PaymentPage,
    PaymentPages,
)

CONFIRM, REFUSE = "confirm", "refuse"
TO_THE_BANK = (
    Choice(name=CONFIRM, label="Confirm the payment"),
    Choice(name=REFUSE, label="Fail to confirm it"),
    Choice(name=WALK_AWAY, label="Walk away"),
)


@attrs.frozen(kw_only=True)
class SimulatedPages(PaymentPages):
    of: SimulatedProvider

    async def show(self, token: str, /) -> PaymentPage:
        return await self._at(token, lambda _, intent: intent)

    async def choose(self, token: str, choice: str, /) -> PaymentPage:
        return await self._at(token, lambda bank, intent: _chosen(bank, intent, choice))

    async def _at(self, token: str, do: Callable[[Bank, Intent], Intent]) -> PaymentPage:
        def work(connection: sqlite3.Connection) -> PaymentPage:
            found = account_of_page(connection, token)
            if found is None:
                raise NoSuchPaymentPage
            account, id = found
            bank = self.of.bank(connection, account)
            return _page(do(bank, bank.books.get(Intent, id)))

        return await self.of.file.transact(work)


def _chosen(bank: Bank, intent: Intent, choice: str) -> Intent:
    """Raises NoSuchChoice."""
    if choice not in {one.name for one in _choices(intent)}:
        raise NoSuchChoice
    if choice == WALK_AWAY:
        return intent
    if intent.is_challenged:
        return bank.answer(intent, confirmed=choice == CONFIRM)
    return bank.pay(intent, CARDS[choice])


def _choices(intent: Intent) -> tuple[Choice, ...]:
    if intent.is_challenged:
        return TO_THE_BANK
    if intent.is_payable:
        cards = [Choice(name=card.name, label=card.label) for card in CARDS.values()]
        return (*cards, Choice(name=WALK_AWAY, label="Walk away"))
    return ()


def _page(intent: Intent) -> PaymentPage:
    return PaymentPage(
        description=intent.description,
        amount=intent.money(intent.amount),
        state=intent.status,
        choices=_choices(intent),
        failure=intent.failure,
        back=_back(intent),
    )


def _back(intent: Intent) -> str | None:
    """With what a shop is told at Stripe as well; it is for showing, not for believing."""
    if intent.return_url is None:
        return None
    parts = urlsplit(intent.return_url)
    if parts.scheme not in {"http", "https"}:
        return None
    told = {"payment_intent": intent.id, "redirect_status": intent.status.value}
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *told.items()])
    return urlunsplit(parts._replace(query=query))
