"""Saved views, from their rows and to them."""

from typing import Any

from sqlalchemy import Row

from adapters.sql.documents import new_converter
from domain.analytics.saved_views import SavedView, Viewing
from domain.kernel.identifiers import ActorId, SavedViewId

converter = new_converter()


def view_of(row: Row[Any]) -> SavedView:
    return SavedView(
        id=SavedViewId(row.id),
        version=row.version,
        owner=ActorId(row.owner_id),
        shared=row.shared,
        viewing=converter.structure(row.viewing, Viewing),
    )


def view_values(view: SavedView) -> dict[str, Any]:
    return {
        "owner_id": view.owner,
        "about": view.viewing.about.value,
        "shared": view.shared,
        "viewing": converter.unstructure(view.viewing),
    }
