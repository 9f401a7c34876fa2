"""As much of Stripe's objects as we read; whatever else they have is left alone."""

import msgspec


class Balance(msgspec.Struct, frozen=True):
    """A balance transaction: `net` is `amount` without `fee`."""

    id: str
    amount: int
    currency: str
    fee: int
    net: int
    type: str
    created: int
    source: "Source | str | None" = None


class CardDetails(msgspec.Struct, frozen=True):
    brand: str | None = None
    last4: str | None = None
    country: str | None = None


class MethodDetails(msgspec.Struct, frozen=True):
    card: CardDetails | None = None


class Charge(msgspec.Struct, frozen=True):
    id: str
    balance_transaction: Balance | str | None = None
    payment_method_details: MethodDetails | None = None
    receipt_url: str | None = None


class Failure(msgspec.Struct, frozen=True):
    code: str | None = None
    decline_code: str | None = None


class Redirect(msgspec.Struct, frozen=True):
    url: str | None = None


class NextAction(msgspec.Struct, frozen=True):
    type: str
    redirect_to_url: Redirect | None = None


class Intent(msgspec.Struct, frozen=True):
    id: str
    status: str
    amount: int
    currency: str
    amount_received: int | None = None
    client_secret: str | None = None
    metadata: dict[str, str] = {}
    latest_charge: Charge | str | None = None
    last_payment_error: Failure | None = None
    next_action: NextAction | None = None


class RefundObject(msgspec.Struct, frozen=True):
    id: str
    status: str
    amount: int
    currency: str
    payment_intent: str | None = None
    charge: str | None = None
    metadata: dict[str, str] = {}
    failure_reason: str | None = None


class Evidence(msgspec.Struct, frozen=True):
    due_by: int | None = None


class DisputeObject(msgspec.Struct, frozen=True):
    id: str
    status: str
    reason: str
    amount: int
    currency: str
    payment_intent: str | None = None
    charge: str | None = None
    balance_transactions: list[Balance] = []
    evidence_details: Evidence | None = None


class Source(msgspec.Struct, frozen=True):
    """What an event is about, or a movement on the account came of."""

    id: str = ""
    object: str = ""
    payment_intent: str | None = None


class EventData(msgspec.Struct, frozen=True):
    object: Source


class EventObject(msgspec.Struct, frozen=True):
    id: str
    type: str
    created: int
    data: EventData
