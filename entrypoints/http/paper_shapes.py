"""Papers in JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from application.paperwork.views import PaperCount, PaperFilter, PaperView
from domain.kernel.money import Money
from domain.paperwork.contents import Bill, Certificate
from domain.paperwork.papers import Paper, PaperKind, Reissue, Withdrawal
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.refusals import TEXT
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    MoneyBody,
    Output,
    Version,
)

MOST_REISSUES = 100
MOST_PAPERS = 1000
MOST_COUNTS = 2000

Number = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=40, examples=["INV-2027-00042"])
]
State = Annotated[
    str,
    Meta(
        pattern="^[a-z]+$",
        max_length=16,
        description="Vouchers are issued or withdrawn; certificates active, expired or revoked; "
        "invoices issued, paid, void or refunded; credit notes and receipts issued.",
        examples=["issued"],
    ),
]
Reason = Annotated[
    str,
    Meta(pattern=ONE_LINE, min_length=2, max_length=200, examples=["issued to somebody else"]),
]
Said = Annotated[str, Meta(max_length=200, pattern=TEXT)]
Year = Annotated[int, Meta(ge=1900, le=2200, examples=[2027])]
Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}$(?!\n)", max_length=7)]

REVOCATION = {"reason": "issued to somebody else"}


class PapersOfBookingQuery(PageQuery, frozen=True):
    kind: PaperKind | None = None


class PaperQuery(PageQuery, frozen=True):
    kind: PaperKind | None = None
    number: Number | None = None

    def filter(self) -> PaperFilter:
        return PaperFilter(kind=self.kind, number=self.number)


class YearQuery(Input, frozen=True):
    year: Year


class RevocationInput(Input, frozen=True):
    """The reason is kept with the certificate, and shown to those who may read papers."""

    reason: Reason


class ReissueBody(Output, frozen=True):
    at: Moment
    fee: MoneyBody | None

    @classmethod
    def of(cls, reissue: Reissue) -> "ReissueBody":
        return cls(at=reissue.at, fee=_money(reissue.fee))


class WithdrawalBody(Output, frozen=True):
    at: Moment
    reason: Said

    @classmethod
    def of(cls, withdrawal: Withdrawal) -> "WithdrawalBody":
        return cls(at=withdrawal.at, reason=withdrawal.reason)


class PaperBody(Output, frozen=True):
    """What it says is in its PDF. `amount` of a credit note is below zero; `credited` is what was
    taken back of an invoice, and `due` what is left of it to pay.
    """

    id: Identifier
    version: Version
    kind: PaperKind
    number: Number
    booking_id: Identifier
    state: State
    amount: MoneyBody | None
    credited: MoneyBody | None
    due: MoneyBody | None
    due_on: date | None
    corrects: Identifier | None
    completed_on: date | None
    expires_on: date | None
    issued_at: Moment
    sent_at: Moment | None
    withdrawn: WithdrawalBody | None
    reissues: Annotated[Sequence[ReissueBody], Meta(max_length=MOST_REISSUES)]

    @classmethod
    def of(cls, view: PaperView, *, today: date) -> "PaperBody":
        paper, standing = view.paper, view.standing(today=today)
        bill = paper.content if isinstance(paper.content, Bill) else None
        certificate = paper.content if isinstance(paper.content, Certificate) else None
        return cls(
            id=paper.id,
            version=paper.version,
            kind=paper.kind,
            number=paper.number,
            booking_id=paper.booking_id,
            state=standing.state,
            amount=_money(paper.content.amount),
            credited=_money(standing.credited),
            due=_money(standing.due),
            due_on=None if bill is None else bill.due_on,
            corrects=paper.corrects,
            completed_on=None if certificate is None else certificate.completed_on,
            expires_on=None if certificate is None else certificate.expires_on,
            issued_at=paper.issued_at,
            sent_at=paper.sent_at,
            withdrawn=WithdrawalBody.of(paper.withdrawn) if paper.withdrawn else None,
            reissues=[ReissueBody.of(one) for one in paper.reissues],
        )


class PaperPage(Output, frozen=True):
    items: Annotated[Sequence[PaperBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class IssuedBody(Output, frozen=True):
    """A paper of a booking, as little as leads to the rest of it."""

    id: Identifier
    version: Version
    kind: PaperKind
    number: Number
    amount: MoneyBody | None

    @classmethod
    def of(cls, paper: Paper) -> "IssuedBody":
        return cls(
            id=paper.id,
            version=paper.version,
            kind=paper.kind,
            number=paper.number,
            amount=_money(paper.content.amount),
        )


class IssuedPapersBody(Output, frozen=True):
    items: Annotated[Sequence[IssuedBody], Meta(max_length=MOST_PAPERS)]

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> "IssuedPapersBody":
        return cls(items=[IssuedBody.of(paper) for paper in papers])


class PaperStepBody(Output, frozen=True):
    """A paper after a step; what else there is to know of it is where it is read."""

    id: Identifier
    version: Version
    kind: PaperKind
    number: Number
    withdrawn: WithdrawalBody | None
    reissues: Annotated[Sequence[ReissueBody], Meta(max_length=MOST_REISSUES)]

    @classmethod
    def of(cls, paper: Paper) -> "PaperStepBody":
        return cls(
            id=paper.id,
            version=paper.version,
            kind=paper.kind,
            number=paper.number,
            withdrawn=WithdrawalBody.of(paper.withdrawn) if paper.withdrawn else None,
            reissues=[ReissueBody.of(one) for one in paper.reissues],
        )


class PaperCountBody(Output, frozen=True):
    month: Month
    kind: PaperKind
    papers: Annotated[int, Meta(ge=0, le=10**9)]
    total: MoneyBody | None

    @classmethod
    def of(cls, count: PaperCount) -> "PaperCountBody":
        return cls(
            month=count.month, kind=count.kind, papers=count.papers, total=_money(count.total)
        )


class PaperCountsBody(Output, frozen=True):
    items: Annotated[Sequence[PaperCountBody], Meta(max_length=MOST_COUNTS)]


def _money(money: Money | None) -> MoneyBody | None:
    return None if money is None else MoneyBody.of(money)
