"""Gift credit, from its rows and to them."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import attrs
from sqlalchemy import Row

from adapters.mapping.payments import converter
from domain.kernel.identifiers import ActorId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCredit, PaidBy, tidied


@attrs.frozen(kw_only=True)
class GiftCreditDetails:
    """What nobody looks for a credit by."""

    paid_by: PaidBy
    note: str
    issued_by: ActorId


def digest_of(code: str) -> str:
    """No salt: nobody can try all that 80 bits make."""
    return sha256(tidied(code).encode()).hexdigest()


def gift_credit_of(row: Row[Any]) -> GiftCredit:
    details = converter.structure(row.details, GiftCreditDetails)
    return GiftCredit(
        id=row.id,
        amount=Money(row.amount_minor, row.currency),
        balance=Money(row.balance_minor, row.currency),
        lapsed=Money(row.lapsed_minor, row.currency),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        **attrs.asdict(details, recurse=False),
    )


def columns_of_gift_credit(credit: GiftCredit) -> Mapping[str, Any]:
    details = GiftCreditDetails(
        paid_by=credit.paid_by, note=credit.note, issued_by=credit.issued_by
    )
    return {
        "id": credit.id,
        "amount_minor": credit.amount.minor,
        "balance_minor": credit.balance.minor,
        "lapsed_minor": credit.lapsed.minor,
        "currency": credit.amount.currency,
        "issued_at": credit.issued_at,
        "expires_at": credit.expires_at,
        "details": converter.unstructure(details),
    }
