"""What the provider has, compared with what was booked, given back and put on paper."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import attrs
import msgspec

from adapters.simulator.claims_back import SimulatedRefund
from adapters.simulator.intents import Intent
from tests.chaos.checks import Bookings
from tests.chaos.customers import Line
from tests.chaos.journal import Journal
from tests.chaos.letters import MailFolder
from tests.chaos.programs import Site

Rows = Sequence[Mapping[str, Any]]


@attrs.define
class Purse:
    """Of one booking, as the provider has it."""

    captured: list[int] = attrs.field(factory=list)
    given_back: list[int] = attrs.field(factory=list)

    @property
    def kept(self) -> int:
        return sum(self.captured) - sum(self.given_back)


def purses(site: Site) -> Mapping[str, Purse]:
    """By booking; straight from the provider's own file."""
    found: dict[str, Purse] = defaultdict(Purse)
    intents: dict[str, str] = {}
    with closing(sqlite3.connect(site.folder / "simulator.db")) as file:
        documents = file.execute("SELECT id, document FROM objects ORDER BY id").fetchall()
    for id, document in documents:  # payments (pi_) come before refunds (re_)
        if id.startswith("pi_"):
            intent = msgspec.json.decode(document, type=Intent)
            intents[id] = str(intent.booking_id)
            if intent.captured:
                found[str(intent.booking_id)].captured.append(intent.captured)
        elif id.startswith("re_"):
            refund = msgspec.json.decode(document, type=SimulatedRefund)
            found[intents[refund.intent]].given_back.append(refund.amount)
    return found


def unpaid(journal: Journal, provider: Mapping[str, Purse]) -> list[str]:
    """Who was told that the payment is made has paid."""
    return [f"{id} was paid, and is not" for id in journal.paid if not provider[id].captured]


def unaccounted(
    provider: Mapping[str, Purse], bookings: Bookings, money: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """What was captured is for a booking that is promised, or has gone back."""
    wrong = []
    for id, purse in provider.items():
        state, stands = bookings[id]["state"], money[id]
        owed, paid = stands["owed"]["minor"], stands["paid"]["minor"]
        promised = state == "confirmed"
        if not purse.kept == paid == owed or promised != bool(owed):
            wrong.append(f"{id} {state}: {owed} is owed, {paid} paid, {purse.kept} is there")
    return wrong


def doubled(provider: Mapping[str, Purse]) -> list[str]:
    """Each booking is paid at most once, and given back at most once."""
    return [
        f"{id}: captured {purse.captured}, given back {purse.given_back}"
        for id, purse in provider.items()
        if len(purse.captured) > 1 or len(purse.given_back) > 1
    ]


def misprinted(
    provider: Mapping[str, Purse], bookings: Bookings, papers: Rows, mail: MailFolder
) -> list[str]:
    """Every paper exists once, and is sent once."""
    wrong, letters = [], mail.papers()
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        printed[paper["booking_id"]][paper["kind"]] += 1
    for id, booking in bookings.items():
        found, state = printed[id], booking["state"]
        receipts = len(provider[id].captured) if id in provider else 0
        sold = found["invoice"] if state == "cancelled" else int(state == "confirmed")
        right = Counter(receipt=receipts, invoice=sold)
        right["voucher"] = found["voucher"] if state == "cancelled" else sold
        right["credit_note"] = sold if state == "cancelled" else 0
        sent = [number for (said, _), number in letters.items() if said == booking["reference"]]
        if found != right or max([*right.values(), *sent], default=0) > 1:
            wrong.append(f"{booking['reference']} {state}: {dict(found)}, sent {sent}")
    return wrong


async def audit(
    site: Site, line: Line, bookings: Bookings, mail: MailFolder
) -> dict[str, list[str]]:
    """All of it, by the names of the checkers."""
    provider = purses(site)
    money = {id: await line.read(f"/v1/bookings/{id}/money") for id in provider}
    return {
        "unpaid": unpaid(line.journal, provider),
        "unaccounted": unaccounted(provider, bookings, money),
        "doubled": doubled(provider),
        "misprinted": misprinted(provider, bookings, await line.all("/v1/papers"), mail),
    }
