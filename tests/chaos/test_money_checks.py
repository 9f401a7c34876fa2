"""The checkers of money find what they are there to find."""

from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.chaos import money
from tests.chaos.journal import Journal
from tests.chaos.letters import MailFolder
from tests.chaos.money import Purse

PAPERS_OF = {
    "confirmed": ("invoice", "voucher", "receipt"),
    "cancelled": ("invoice", "voucher", "receipt", "credit_note"),
    "expired": ("receipt",),
}


def amount(minor: int) -> dict[str, int]:
    return {"minor": minor}


@pytest.mark.parametrize(
    ("state", "owed", "paid", "purse"),
    [
        ("confirmed", 9900, 9900, Purse([9900])),
        ("cancelled", 0, 0, Purse([9900], [9900])),
        ("expired", 0, 0, Purse([9900], [9900])),
    ],
)
def test_money_is_for_what_is_promised_or_has_gone_back(
    state: str, owed: int, paid: int, purse: Purse
) -> None:
    def found(state: str, purse: Purse, paid: int) -> list[str]:
        stands = {"one": {"owed": amount(owed), "paid": amount(paid)}}
        return money.unaccounted({"one": purse}, {"one": {"state": state}}, stands)

    assert not found(state, purse, paid)
    assert found(state, attrs.evolve(purse, captured=[9900, 9900]), paid), "kept for nothing"
    assert found(state, purse, 4900), "the books say something else"
    if state == "confirmed":
        assert found("expired", purse, paid), "kept for what is not promised"


def test_paid_or_given_back_twice_is_found() -> None:
    once = {"one": Purse([9900], [9900]), "two": Purse()}
    twice = {"one": Purse([9900, 9900]), "two": Purse([9900], [4900, 5000])}

    assert not money.doubled(once)
    assert len(money.doubled(twice)) == 2


def test_customers_who_were_told_that_they_had_paid_have() -> None:
    provider = {"one": Purse([9900]), "two": Purse()}

    assert money.unpaid(Journal(paid={"one", "two"}), provider) == ["two was paid, and is not"]


@attrs.define
class Letters(MailFolder):
    sent: Counter[tuple[str, str]] = attrs.field(factory=Counter)

    def papers(self) -> Counter[tuple[str, str]]:
        return self.sent


@pytest.mark.parametrize("state", PAPERS_OF)
def test_papers_that_are_missing_or_doubled_are_found(state: str) -> None:
    bookings: Any = {"one": {"state": state, "reference": "HTL-1"}}
    papers = [{"booking_id": "one", "kind": kind} for kind in PAPERS_OF[state]]
    provider = {"one": Purse([9900])}

    def found(papers: Any, *letters: str) -> list[str]:
        mail = Letters(Path("nowhere"))
        mail.sent.update(("HTL-1", letter) for letter in letters)
        return money.misprinted(provider, bookings, papers, mail)

    assert not found(papers, "receipt", "voucher and invoice")
    assert found(papers, "receipt", "receipt")
    for paper in papers:
        assert found([*papers, paper], "receipt")
    assert found([paper for paper in papers if paper["kind"] != "receipt"], "receipt")
