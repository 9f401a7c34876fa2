"""Routes of trainers."""

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
from domain.kernel.hours import BadHours
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http import assets
from entrypoints.http.reading import Body
from entrypoints.http.trainer_shapes import EXAMPLE, TrainerBody, TrainerInput, TrainerPage

AnyRequest = Request[Any, Any, Any]

KIND = "trainer"
TRAINER: Body[TrainerInput] = Body(TrainerInput, examples={"trainer": EXAMPLE})


@post("/v1/trainers", opt=assets.adding(TRAINER, TrainerBody, UnknownZone, BadHours, BadPeriod))
async def add_trainer(
    request: AnyRequest,
    add_asset: NamedDependency[SkipValidation[UseCase[AddAsset, Asset]]],
) -> Response[bytes]:
    """Add a trainer."""
    data = await TRAINER.of(request)
    return await assets.add(request, data.details(), add_asset, TrainerBody.of)


@get("/v1/trainers", opt=assets.listing(TrainerPage))
async def list_trainers(
    request: AnyRequest, asset_views: NamedDependency[SkipValidation[AssetViews]]
) -> Response[bytes]:
    """Trainers, by name."""
    return await assets.show_page(request, KIND, asset_views, TrainerPage.of)


@get("/v1/trainers/{asset_id:uuid}", opt=assets.reading(TrainerBody))
async def read_trainer(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    asset_views: NamedDependency[SkipValidation[AssetViews]],
) -> Response[bytes]:
    """One trainer, deleted or not."""
    return await assets.show(request, KIND, asset_id, asset_views, TrainerBody.of)


@put(
    "/v1/trainers/{asset_id:uuid}",
    opt=assets.changing(TRAINER, TrainerBody, UnknownZone, BadHours, BadPeriod),
)
async def change_trainer(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    change_asset: NamedDependency[SkipValidation[UseCase[ChangeAsset, Asset]]],
) -> Response[bytes]:
    """Replace all that is known of a trainer. Sessions keep it, even if it no longer does."""
    data = await TRAINER.of(request)
    return await assets.change(request, asset_id, data.details(), change_asset, TrainerBody.of)


@post("/v1/trainers/{asset_id:uuid}/delete", status_code=200, opt=assets.stepping(TrainerBody))
async def delete_trainer(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    delete_asset: NamedDependency[SkipValidation[UseCase[DeleteAsset, Asset]]],
) -> Response[bytes]:
    """Delete a trainer: it is assigned to nothing else, and can be restored."""
    return await assets.take_step(
        DeleteAsset, request, KIND, asset_id, delete_asset, TrainerBody.of
    )


@post("/v1/trainers/{asset_id:uuid}/restore", status_code=200, opt=assets.stepping(TrainerBody))
async def restore_trainer(
    request: AnyRequest,
    asset_id: FromPath[UUID],
    restore_asset: NamedDependency[SkipValidation[UseCase[RestoreAsset, Asset]]],
) -> Response[bytes]:
    """Bring a deleted trainer back."""
    return await assets.take_step(
        RestoreAsset, request, KIND, asset_id, restore_asset, TrainerBody.of
    )


router = Router(
    "/",
    route_handlers=[
        add_trainer,
        list_trainers,
        read_trainer,
        change_trainer,
        delete_trainer,
        restore_trainer,
    ],
)
