"""Intents, from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.inventory.intents import Intent


def intent_of(row: Row[Any]) -> Intent:
    return Intent(
        id=row.id,
        resource_id=row.resource_id,
        stock_id=row.stock_id,
        actor_id=row.actor_id,
        units=row.units,
        expires_at=row.expires_at,
    )
