"""Routes of venues."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.inventory.add_asset import AddAsset
from application.inventory.asset_views import AssetViews
from application.inventory.change_asset import ChangeAsset
from application.inventory.delete_asset import DeleteAsset
from application.inventory.restore_asset import RestoreAsset
from application.kernel.ports import UseCase
from domain.inventory.assets import Asset
from domain.inventory.venues import BadCoordinates
from domain.kernel.periods import UnknownZone
from entrypoints.http import assets
from entrypoints.http.reading import Body
from entrypoints.http.venue_shapes import EXAMPLE, VenueBody, VenueInput, VenuePage

AnyRequest = Request[Any, Any, Any]

KIND = "venue"
VENUE: Body[VenueInput] = Body(VenueInput, examples={"venue": EXAMPLE})


@post("/v1/venues", opt=assets.adding(VENUE, VenueBody, UnknownZone, BadCoordinates))
async def add_venue(
    request: AnyRequest,
    add_asset: NamedDependency[SkipValidation[UseCase[AddAsset, Asset]]],
) -> Response[bytes]:
    """Add a venue."""
    data = await VENUE.of(request)
    return await assets.add(request, data.details(), add_asset, VenueBody.of)


@get("/v1/venues", opt=assets.listing(VenuePage))
async def list_venues(
    request: AnyRequest, asset_views: NamedDependency[SkipValidation[AssetViews]]
) -> Response[bytes]:
    """Venues, by name."""
    return await assets.show_page(request, KIND, asset_views, VenuePage.of)


@get("/v1/venues/{asset_id:uuid}", opt=assets.reading(VenueBody))
async def read_venue(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    asset_views: NamedDependency[SkipValidation[AssetViews]],
) -> Response[bytes]:
    """One venue, deleted or not."""
    return await assets.show(request, KIND, asset_id, asset_views, VenueBody.of)


@put(
    "/v1/venues/{asset_id:uuid}",
    opt=assets.changing(VENUE, VenueBody, UnknownZone, BadCoordinates),
)
async def change_venue(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    change_asset: NamedDependency[SkipValidation[UseCase[ChangeAsset, Asset]]],
) -> Response[bytes]:
    """Replace all that is known of a venue. Sessions keep it, even if it no longer does."""
    data = await VENUE.of(request)
    return await assets.change(request, asset_id, data.details(), change_asset, VenueBody.of)


@post("/v1/venues/{asset_id:uuid}/delete", status_code=200, opt=assets.stepping(VenueBody))
async def delete_venue(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    delete_asset: NamedDependency[SkipValidation[UseCase[DeleteAsset, Asset]]],
) -> Response[bytes]:
    """Delete a venue: it is assigned to nothing else, and can be restored."""
    return await assets.take_step(DeleteAsset, request, KIND, asset_id, delete_asset, VenueBody.of)


@post("/v1/venues/{asset_id:uuid}/restore", status_code=200, opt=assets.stepping(VenueBody))
async def restore_venue(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    restore_asset: NamedDependency[SkipValidation[UseCase[RestoreAsset, Asset]]],
) -> Response[bytes]:
    """Bring a deleted venue back."""
    return await assets.take_step(
        RestoreAsset, request, KIND, asset_id, restore_asset, VenueBody.of
    )


router = Router(
    "/",
    route_handlers=[
        add_venue,
        list_venues,
        read_venue,
        change_venue,
        delete_venue,
        restore_venue,
    ],
)
