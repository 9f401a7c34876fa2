"""Gift credit in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.payments.issue_gift_credit import IssuedGiftCredit
from domain.payments.gift_credit import GiftCredit, PaidBy
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.payment_shapes import ByHandNote, SomeMoney
from entrypoints.http.shapes import Currency, Identifier, Input, Moment, MoneyBody, Output

GiftCode = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z \-]+$(?!\n)",
        max_length=40,
        description="Shown once, when it is issued.",
        examples=["GIFT-7KX2-M9QP-4RTV-W0AB"],
    ),
]


class GiftCreditInput(Input, frozen=True):
    """`given`, nobody has paid for it."""

    amount_minor: SomeMoney
    currency: Currency
    paid_by: PaidBy
    note: ByHandNote = ""
    expires_at: Moment | None = None


class UseGiftCreditInput(Input, frozen=True):
    """Without an amount, as much as can be."""

    code: GiftCode
    amount_minor: SomeMoney | None = None


class GiftCreditBody(Output, frozen=True):
    id: Identifier
    amount: MoneyBody
    balance: MoneyBody
    lapsed: MoneyBody
    paid_by: PaidBy
    note: ByHandNote
    issued_by: Identifier
    issued_at: Moment
    expires_at: Moment | None

    @classmethod
    def of(cls, credit: GiftCredit) -> "GiftCreditBody":
        return cls(
            id=credit.id,
            amount=MoneyBody.of(credit.amount),
            balance=MoneyBody.of(credit.balance),
            lapsed=MoneyBody.of(credit.lapsed),
            paid_by=credit.paid_by,
            note=credit.note,
            issued_by=credit.issued_by,
            issued_at=credit.issued_at,
            expires_at=credit.expires_at,
        )


class IssuedGiftCreditBody(Output, frozen=True):
    """`code` is null when the request is sent again: it is shown once."""

    gift_credit: GiftCreditBody
    code: GiftCode | None

    @classmethod
    def of(cls, issued: IssuedGiftCredit) -> "IssuedGiftCreditBody":
        return cls(gift_credit=GiftCreditBody.of(issued.credit), code=issued.code)

    @classmethod
    def without_code(cls, issued: IssuedGiftCredit) -> "IssuedGiftCreditBody":
        return cls(gift_credit=GiftCreditBody.of(issued.credit), code=None)


class GiftCreditPage(Output, frozen=True):
    items: Annotated[Sequence[GiftCreditBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
