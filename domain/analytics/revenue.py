"""Figures about money: what the books say, in one currency each."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from domain.analytics.booking_totals import added
from domain.analytics.figures import Figure, Unit, share


@attrs.frozen(kw_only=True)
class Moved:
    """Transfers of one cause between two accounts: how many, and what they come to."""

    cause: str
    debit: str
    credit: str
    number: int
    minor: int


@attrs.frozen(kw_only=True)
class RevenueTotals:
    """Money in minor units. Growth of an account is its credits less its debits."""

    payments: int = 0
    refunds: int = 0
    gross: int = 0
    refunded: int = 0
    charged_back: int = 0
    sales: int = 0
    tax: int = 0
    paper_fees: int = 0
    refund_fees: int = 0
    allowances: int = 0
    provider_fees: int = 0

    def __add__(self, other: "RevenueTotals") -> "RevenueTotals":
        return added(self, other)

    @property
    def net(self) -> int:
        return self.gross - self.refunded - self.charged_back


NOTHING_MOVED = RevenueTotals()
EARNED = frozenset({"sales", "tax", "paper_fees", "refund_fees"})
SPENT = frozenset({"allowances", "provider_fees"})


def revenue_of(moved: Iterable[Moved]) -> RevenueTotals:
    sums = Counter[str]()
    for one in moved:
        for name, change in _changes(one):
            sums[name] += change
    return RevenueTotals(**sums)


def together(parts: Iterable[Mapping[str, RevenueTotals]]) -> Mapping[str, RevenueTotals]:
    """By currency, as each of the parts is."""
    sums: dict[str, RevenueTotals] = {}
    for part in parts:
        for currency, totals in part.items():
            sums[currency] = sums.get(currency, NOTHING_MOVED) + totals
    return {currency: sums[currency] for currency in sorted(sums)}


def _changes(one: Moved) -> Iterator[tuple[str, int]]:
    yield from _of_cause(one)
    for account, sign in ((one.credit, 1), (one.debit, -1)):
        if account in EARNED:
            yield account, sign * one.minor
        elif account in SPENT:
            yield account, -sign * one.minor


def _of_cause(one: Moved) -> Sequence[tuple[str, int]]:
    match one.cause:
        case "captured":
            return (("payments", one.number), ("gross", one.minor))
        case "refund_paid" if one.credit != "refund_fees":
            return (("refunds", one.number), ("refunded", one.minor))
        case "refund_returned" if one.debit != "refund_fees":
            return (("refunds", -one.number), ("refunded", -one.minor))
        case "dispute_lost" if one.debit == "deposits":
            return (("charged_back", one.minor),)
    return ()


BOOKS = "transfers in the books, by when they were written, in the currency beside it"


def _money(
    name: str, formula: str, of: Callable[[RevenueTotals], float | None], unit: Unit = Unit.MONEY
) -> Figure[RevenueTotals]:
    return Figure(name=name, unit=unit, formula=formula, source=BOOKS, of=of)


REVENUE_FIGURES = (
    _money("payments", "payments captured", lambda t: t.payments, Unit.UNITS),
    _money("refunds", "refunds paid less those that came back", lambda t: t.refunds, Unit.UNITS),
    _money("gross", "captured: card, bank transfer, cash, gift credit used", lambda t: t.gross),
    _money("refunded", "refunds paid out less those that came back", lambda t: t.refunded),
    _money("charged_back", "given back because a dispute was lost", lambda t: t.charged_back),
    _money("net", "gross - refunded - charged_back", lambda t: t.net),
    _money("average_payment", "gross / payments", lambda t: share(t.gross, t.payments)),
    _money("sales", "growth of the account sales: charged, without taxes", lambda t: t.sales),
    _money("tax", "growth of the account tax", lambda t: t.tax),
    _money("paper_fees", "growth of the account paper_fees", lambda t: t.paper_fees),
    _money("refund_fees", "growth of the account refund_fees", lambda t: t.refund_fees),
    _money("allowances", "debits less credits of the account allowances", lambda t: t.allowances),
    _money(
        "provider_fees",
        "debits less credits of the account provider_fees",
        lambda t: t.provider_fees,
    ),
)
