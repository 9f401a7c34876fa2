"""Agreements as they are stored: what is known of everybody, and, sealed, who it was.

What is left of an agreement when nobody can open the sealed part is the agreement of nobody in
particular, so that it can still be read when the key is gone.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Row

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_parts import SEALED, Stored, place_of
from adapters.sealing.vault import Vault
from domain.bookings.agreement import Agreement
from domain.bookings.erasing import erased_agreement
from domain.bookings.requests import BaseBookingRequest

BESIDE_THE_REQUEST = ("inquiry",)


def stored(agreement: Agreement) -> tuple[Stored, bytes | None]:
    """What is left without who it was, and who it was; None if that is forgotten."""
    whole: Stored = converter.unstructure(agreement)
    nobodys = _nobodys(agreement)
    said, left = whole["request"], nobodys["request"]
    hidden = {
        "request": {name: value for name, value in said.items() if left[name] != value},
        **{name: whole[name] for name in BESIDE_THE_REQUEST if whole[name] != nobodys[name]},
    }
    without = {**whole, **nobodys}
    return without, None if hidden == {"request": {}} else msgspec.json.encode(hidden)


def _nobodys(agreement: Agreement) -> Stored:
    """The parts that say who it was, as they are once nobody knows."""
    erased = erased_agreement(agreement)
    return {
        "request": converter.unstructure(erased.request, unstructure_as=BaseBookingRequest),
        "inquiry": converter.unstructure(erased.inquiry),
    }


def agreement_of(
    vault: Vault, document: Mapping[str, Any], data_key: str | None, place: bytes
) -> Agreement:
    if data_key is not None and SEALED in document:
        hidden = msgspec.json.decode(vault.open(data_key, document[SEALED], place))
        request = {**document["request"], **hidden.pop("request")}
        document = {**document, **hidden, "request": request}
    return converter.structure(document, Agreement)


def sealed_agreement_of(row: Row[Any], vault: Vault) -> Agreement:
    """Of a row with the column `agreement` and, labelled `data_key`, the key to it."""
    return agreement_of(vault, row.agreement, row.data_key, place_of(row.organization_id, row.id))
