"""Payments in JSON."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from application.bookings.money_views import MoneyOfBooking
from application.payments.carry_on_payment import CarriedOn
from application.payments.views import PaymentFilter
from domain.bookings.deposits import Instalment
from domain.kernel.identifiers import BookingId
from domain.payments.joint import Joint
from domain.payments.payment import Method, Payment, PaymentState, Step
from domain.payments.provider import Card, ProviderPayment
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import (
    MOST_MINOR_UNITS,
    ONE_LINE,
    Currency,
    Identifier,
    Input,
    Moment,
    MoneyBody,
    Output,
    Version,
)

LONGEST_URL = 2048

Url = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\x00-\x20\x7f]+$(?!\n)",
        max_length=LONGEST_URL,
        examples=["https://shop.example.com/thanks"],
    ),
]
SomeMoney = Annotated[
    int,
    Meta(ge=1, le=MOST_MINOR_UNITS, description="Minor units of the currency.", examples=[2500]),
]
Code = Annotated[
    str, Meta(pattern=ONE_LINE, max_length=255, description="The provider's code.", examples=["x"])
]
Secret = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=255,
        description="For the provider's own form, in the customer's browser and nowhere else.",
        examples=["pi_1_secret_2"],
    ),
]
ReferenceOfPayment = Annotated[
    str,
    Meta(
        pattern=r"^PAY-[0-9]{8}-[0-9A-Z]{6}$",
        max_length=24,
        examples=["PAY-20270514-7KX2M9"],
    ),
]
ByHandNote = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00]*$",
        max_length=200,
        description="Where it can be looked up: a statement, a receipt.",
        examples=["statement 12"],
    ),
]


class PaymentInput(Input, frozen=True):
    """`in_full` pays what is due later as well. With `manual_capture` it is set aside at first."""

    in_full: bool = False
    manual_capture: bool = False
    return_url: Url | None = None


class JointPaymentInput(Input, frozen=True):
    """`in_full` pays what is due later as well."""

    in_full: bool = False
    return_url: Url | None = None


class ByHandInput(Input, frozen=True):
    method: Literal["bank_transfer", "cash"]
    amount_minor: SomeMoney
    currency: Currency
    note: ByHandNote = ""


class CaptureInput(Input, frozen=True):
    """Without an amount, all that was authorised."""

    amount_minor: SomeMoney | None = None


class PaymentQuery(PageQuery, frozen=True):
    booking_id: Identifier | None = None
    state: PaymentState | None = None

    def filter(self) -> PaymentFilter:
        return PaymentFilter(
            booking_id=None if self.booking_id is None else BookingId(self.booking_id),
            state=self.state,
        )


class CardBody(Output, frozen=True):
    brand: Annotated[str, Meta(max_length=32, pattern=ONE_LINE, examples=["visa"])]
    last4: Annotated[str, Meta(max_length=4, pattern="^[0-9]{0,4}$", examples=["4242"])]
    country: Annotated[str, Meta(max_length=2, pattern="^[A-Z]{2}$", examples=["PT"])] | None

    @classmethod
    def of(cls, card: Card) -> "CardBody":
        return cls(brand=card.brand, last4=card.last4, country=card.country)


class JointBody(Output, frozen=True):
    """One payment for several bookings: `lead_id` is the share that is gone on with."""

    lead_id: Identifier
    total: MoneyBody

    @classmethod
    def of(cls, joint: Joint) -> "JointBody":
        return cls(lead_id=joint.lead, total=MoneyBody.of(joint.total))


class PaymentBody(Output, frozen=True):
    """`refunding` has been given back or is on its way; `step` is being done at the provider.

    One that is `under_review` goes on once somebody has looked at it.
    With `joint`, it is the share of its booking in a payment for several.
    """

    id: Identifier
    version: Version
    booking_id: Identifier
    reference: ReferenceOfPayment
    method: Method
    state: PaymentState
    amount: MoneyBody
    captured: MoneyBody
    refunding: MoneyBody
    fee: MoneyBody | None
    card: CardBody | None
    failure: Code | None
    receipt_url: Url | None
    note: ByHandNote
    step: Step | None
    disputed: bool
    under_review: bool
    joint: JointBody | None
    created_at: Moment

    @classmethod
    def of(cls, payment: Payment) -> "PaymentBody":
        return cls(
            id=payment.id,
            version=payment.version,
            booking_id=payment.booking_id,
            reference=payment.reference,
            method=payment.method,
            state=payment.state,
            amount=MoneyBody.of(payment.amount),
            captured=MoneyBody.of(payment.captured),
            refunding=MoneyBody.of(payment.refunding),
            fee=None if payment.fee is None else MoneyBody.of(payment.fee),
            card=None if payment.card is None else CardBody.of(payment.card),
            failure=payment.failure,
            receipt_url=payment.receipt_url,
            note=payment.note,
            step=payment.step,
            disputed=payment.disputed,
            under_review=payment.is_parked,
            joint=None if payment.joint is None else JointBody.of(payment.joint),
            created_at=payment.created_at,
        )


class NextActionBody(Output, frozen=True):
    """How the customer goes on: at `redirect_url`, or in the provider's form."""

    redirect_url: Url | None
    client_secret: Secret | None

    @classmethod
    def of(cls, news: ProviderPayment) -> "NextActionBody | None":
        if news.redirect_url is None and news.client_secret is None:
            return None
        return cls(redirect_url=news.redirect_url, client_secret=news.client_secret)


class CarriedOnBody(Output, frozen=True):
    """`next_action` is for the customer; null when there is nothing left for them to do."""

    payment: PaymentBody
    next_action: NextActionBody | None

    @classmethod
    def of(cls, carried_on: CarriedOn) -> "CarriedOnBody":
        payment, news = carried_on.payment, carried_on.news
        asks = news is not None and payment.is_open
        return cls(
            payment=PaymentBody.of(payment),
            next_action=NextActionBody.of(news) if asks and news is not None else None,
        )


class PaymentPage(Output, frozen=True):
    items: Annotated[Sequence[PaymentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class InstalmentBody(Output, frozen=True):
    amount: MoneyBody
    due_at: Moment

    @classmethod
    def of(cls, instalment: Instalment) -> "InstalmentBody":
        return cls(amount=MoneyBody.of(instalment.amount), due_at=instalment.due_at)


class MoneyOfBookingBody(Output, frozen=True):
    """`owed` is what it costs as it stands, and the `paper_fees` of papers that were issued again;
    `paid` is what came and did not go back, `due` what is to be paid now.
    """

    owed: MoneyBody
    paper_fees: MoneyBody
    paid: MoneyBody
    due: MoneyBody
    instalments: Annotated[Sequence[InstalmentBody], Meta(max_length=12)]

    @classmethod
    def of(cls, money: MoneyOfBooking) -> "MoneyOfBookingBody":
        return cls(
            owed=MoneyBody.of(money.owed),
            paper_fees=MoneyBody.of(money.paper_fees),
            paid=MoneyBody.of(money.paid),
            due=MoneyBody.of(money.due),
            instalments=[InstalmentBody.of(one) for one in money.instalments],
        )
