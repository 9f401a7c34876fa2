"""What the routes of resources, pools, units and assets are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_inventory(container: Container) -> Mapping[str, Any]:
    inventory, catalogue = container.inventory, container.catalogue
    return {
        "add_resource": inventory.add_resource(),
        "add_sessions": catalogue.add_sessions(),
        "clone_resource": catalogue.clone_resource(),
        "calendar_views": catalogue.calendar_views(),
        "catalogue_views": catalogue.views(),
        "change_resource": catalogue.change_resource(),
        "delete_resource": catalogue.delete_resource(),
        "publish_resource": catalogue.publish_resource(),
        "withdraw_resource": catalogue.withdraw_resource(),
        "complete_resource": catalogue.complete_resource(),
        "restore_resource": catalogue.restore_resource(),
        "open_pools": inventory.open_pools(),
        "add_unit": inventory.add_unit(),
        "retire_unit": inventory.retire_unit(),
        "add_asset": inventory.add_asset(),
        "change_asset": inventory.change_asset(),
        "delete_asset": inventory.delete_asset(),
        "restore_asset": inventory.restore_asset(),
        "staff_session": inventory.staff_session(),
        "asset_views": inventory.asset_views(),
        "unit_views": inventory.unit_views(),
        "inventory_views": inventory.views(),
        "suggestion_views": inventory.suggestion_views(),
    }
