"""Reconciliations, from their rows and to them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from adapters.mapping.payments import converter
from domain.payments.reconciliation import Finding, Reconciliation, Totals


def reconciliation_of(row: Row[Any]) -> Reconciliation:
    return Reconciliation(
        id=row.id,
        provider=row.provider,
        since=row.since,
        until=row.until,
        mended=row.mended,
        totals=converter.structure(row.totals, tuple[Totals, ...]),
        findings=converter.structure(row.findings, tuple[Finding, ...]),
        made_at=row.made_at,
    )


def columns_of_reconciliation(made: Reconciliation) -> Mapping[str, Any]:
    return {
        "id": made.id,
        "provider": made.provider,
        "since": made.since,
        "until": made.until,
        "mended": made.mended,
        "totals": converter.unstructure(made.totals),
        "findings": converter.unstructure(made.findings),
        "made_at": made.made_at,
    }
