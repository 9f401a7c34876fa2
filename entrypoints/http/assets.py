"""What the routes of venues and those of trainers have in common."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from uuid import UUID

from litestar import Request, Response

from application.inventory.add_asset import AddAsset
from application.inventory.asset_steps import AssetStep
from application.inventory.asset_views import AssetViews
from application.inventory.change_asset import ChangeAsset
from application.kernel.once import Answer
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.inventory.assets import (
    Asset,
    AssetDeletedAlready,
    AssetDetails,
    AssetNotDeleted,
    AssetNotFound,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import UnitId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=AssetStep)
Words = Callable[[Asset], Any]


class AssetQuery(PageQuery, frozen=True):
    """Those in use, or those that are deleted and may be restored."""

    show: Literal["present", "deleted"] = "present"


ASSETS = Query(AssetQuery)


def adding(body: Body[Any], shows: Any, *refuses: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="staffing",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=body,
        shows=shows,
        status=201,
        refuses=refuses,
    ).opt


def listing(shows: Any) -> dict[str, Operation]:
    return Operation(
        tag="staffing",
        needs=Permission.READ_CATALOGUE,
        query=ASSETS,
        shows=shows,
        refuses=(BadCursor,),
    ).opt


def reading(shows: Any) -> dict[str, Operation]:
    return Operation(
        tag="staffing",
        needs=Permission.READ_CATALOGUE,
        sends=(IF_NONE_MATCH,),
        shows=shows,
        refuses=(AssetNotFound,),
    ).opt


def changing(body: Body[Any], shows: Any, *refuses: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="staffing",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        body=body,
        shows=shows,
        refuses=(AssetNotFound, AssetDeletedAlready, *refuses),
    ).opt


def stepping(shows: Any) -> dict[str, Operation]:
    return Operation(
        tag="staffing",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=shows,
        refuses=(AssetNotFound, AssetDeletedAlready, AssetNotDeleted),
    ).opt


async def add(
    request: AnyRequest, details: AssetDetails, use_case: UseCase[AddAsset, Asset], words: Words
) -> Response[bytes]:
    added = worded(
        words,
        status=201,
        version=_version,
        location=lambda asset: f"{request.url.path}/{asset.id}",
    )
    key = await IdempotencyKey.of(request)
    command = AddAsset(actor=actor_of(request), details=details, once=key.once(added))
    return respond(added(await use_case(command)))


async def show_page(
    request: AnyRequest,
    kind: str,
    views: AssetViews,
    page: Callable[[list[Asset], str | None], Any],
) -> Response[bytes]:
    query, cursors = ASSETS.of(request), Cursors.of(request)
    found = await views.assets(
        actor_of(request), kind, deleted=query.show == "deleted", slice=cursors.slice(query)
    )
    return cursors.respond(page(list(found.items), cursors.write(found.next)))


async def show(
    request: AnyRequest, kind: str, asset_id: UUID, views: AssetViews, words: Words
) -> Response[bytes]:
    asset = await views.asset(actor_of(request), kind, UnitId(asset_id))
    return tagged(request, words(asset), version=asset.version)


async def change(
    request: AnyRequest,
    asset_id: UUID,
    details: AssetDetails,
    use_case: UseCase[ChangeAsset, Asset],
    words: Words,
) -> Response[bytes]:
    command = ChangeAsset(
        actor=actor_of(request),
        asset_id=UnitId(asset_id),
        kind=details.kind,
        version=seen_version(request),
        details=details,
    )
    return respond(_said(words)(await use_case(command)))


async def take_step(
    step: type[Step],
    request: AnyRequest,
    kind: str,
    asset_id: UUID,
    use_case: UseCase[Step, Asset],
    words: Words,
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    said = _said(words)
    command = step(
        actor=actor_of(request),
        asset_id=UnitId(asset_id),
        kind=kind,
        version=seen_version(request),
        once=key.once(said),
    )
    return respond(said(await use_case(command)))


def _said(words: Words) -> Callable[[Asset], Answer]:
    return worded(words, version=_version)


def _version(asset: Asset) -> int:
    return asset.version
