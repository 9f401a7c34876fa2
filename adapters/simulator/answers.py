"""Whatever was asked under a key is done once; its first answer, good or bad, is the only one."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

import msgspec

from application.payments.gateway import ProviderRefused, UnknownToProvider
from domain.payments.provider import ProviderDispute, ProviderPayment, ProviderRefund

Answer = TypeVar("Answer", ProviderPayment, ProviderRefund, ProviderDispute)

OTHER_PARAMETERS = "idempotency_error"


def answered_once(
    connection: sqlite3.Connection,
    place: tuple[str, str],
    fingerprint: bytes,
    kind: type[Answer],
    do: Callable[[], Answer],
) -> Answer | ProviderRefused:
    """`place` is an account and a key. A refusal is returned, so that it can be kept.

    Raises UnknownToProvider, which is not kept: what is not there yet may come.
    """
    row = connection.execute(
        "SELECT fingerprint, answer, refused FROM answers WHERE account = ? AND key = ?", place
    ).fetchone()
    if row is not None:
        if row[0] != fingerprint:
            return ProviderRefused(OTHER_PARAMETERS)
        return ProviderRefused(row[2]) if row[2] else msgspec.json.decode(row[1], type=kind)
    answer = _done(do)
    refused = answer.reason if isinstance(answer, ProviderRefused) else None
    document = None if refused else msgspec.json.encode(answer)
    connection.execute(
        "INSERT INTO answers (account, key, fingerprint, answer, refused) VALUES (?, ?, ?, ?, ?)",
        (*place, fingerprint, document, refused),
    )
    return answer


def _done(do: Callable[[], Answer]) -> Answer | ProviderRefused:
    try:
        return do()
    except UnknownToProvider:
        raise
    except ProviderRefused as refused:
        return refused
