"""Routes of discount codes."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.change_discount_code import ChangeDiscountCode
from application.bookings.create_discount_code import CreateDiscountCode
from application.bookings.views import DiscountCodeViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.discount_codes import (
    BadDiscountCode,
    DiscountCode,
    DiscountCodeNotFound,
    DiscountCodeTaken,
)
from domain.bookings.discounts import BadDiscount
from domain.inventory.pools import CapacityBelowTaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DiscountCodeId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.discount_code_shapes import (
    SPRING,
    WELCOME,
    DiscountCodeBody,
    DiscountCodeInput,
    DiscountCodePage,
    DiscountCodeUseBody,
    NewDiscountCodeInput,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]

NEW: Body[NewDiscountCodeInput] = Body(
    NewDiscountCodeInput, examples={"percents": SPRING, "amount": WELCOME}
)
CHANGE: Body[DiscountCodeInput] = Body(
    DiscountCodeInput,
    examples={
        "more often": {"percent": 10, "limit": 200, "active": True},
        "deactivated": {"percent": 10, "limit": 200, "active": False},
    },
)
CODES = Query(PageQuery)

_created = worded(
    DiscountCodeBody.of,
    status=201,
    version=lambda code: code.version,
    location=lambda code: f"/v1/discount-codes/{code.id}",
)


@post(
    "/v1/discount-codes",
    opt=Operation(
        tag="discounts",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=DiscountCodeBody,
        status=201,
        refuses=(BadDiscountCode, BadDiscount, DiscountCodeTaken, FarOff),
        then={"read_discount_code": {"discount_code_id": "$response.body#/id"}},
    ).opt,
)
async def create_discount_code(
    request: AnyRequest,
    create_discount_code: NamedDependency[
        SkipValidation[UseCase[CreateDiscountCode, DiscountCode]]
    ],
) -> Response[bytes]:
    """Create a discount code; requests name it as `discount_code`."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    code = await create_discount_code(
        CreateDiscountCode(
            actor=actor_of(request),
            code=data.code.upper(),
            terms=data.terms(),
            once=key.once(_created),
        )
    )
    return respond(_created(code))


@put(
    "/v1/discount-codes/{discount_code_id:uuid}",
    opt=Operation(
        tag="discounts",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=DiscountCodeBody,
        refuses=(DiscountCodeNotFound, BadDiscountCode, BadDiscount, CapacityBelowTaken, FarOff),
    ).opt,
)
async def change_discount_code(
    request: AnyRequest,
    discount_code_id: FromPath[UUID],
    change_discount_code: NamedDependency[
        SkipValidation[UseCase[ChangeDiscountCode, DiscountCode]]
    ],
) -> Response[bytes]:
    """Change what a code is good for, or deactivate it, for quotes to come.

    What has been quoted with it is sold as quoted. The limit never falls below what is used.
    """
    data = await CHANGE.of(request)
    code = await change_discount_code(
        ChangeDiscountCode(
            actor=actor_of(request),
            discount_code_id=DiscountCodeId(discount_code_id),
            terms=data.terms(),
            active=data.active,
            version=seen_version(request),
        )
    )
    return respond(answer(DiscountCodeBody.of(code), version=code.version))


@get(
    "/v1/discount-codes/{discount_code_id:uuid}",
    opt=Operation(
        tag="discounts",
        needs=Permission.READ_CATALOGUE,
        sends=(IF_NONE_MATCH,),
        shows=DiscountCodeBody,
        refuses=(DiscountCodeNotFound,),
    ).opt,
)
async def read_discount_code(
    request: AnyRequest,
    discount_code_id: FromPath[UUID],
    discount_code_views: NamedDependency[SkipValidation[DiscountCodeViews]],
) -> Response[bytes]:
    """One discount code."""
    code = await discount_code_views.discount_code(
        actor_of(request), DiscountCodeId(discount_code_id)
    )
    return tagged(request, DiscountCodeBody.of(code), version=code.version)


@get(
    "/v1/discount-codes",
    opt=Operation(
        tag="discounts",
        needs=Permission.READ_CATALOGUE,
        query=CODES,
        shows=DiscountCodePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_discount_codes(
    request: AnyRequest,
    discount_code_views: NamedDependency[SkipValidation[DiscountCodeViews]],
) -> Response[bytes]:
    """All discount codes, by code, and how many bookings have them."""
    query, cursors = CODES.of(request), Cursors.of(request)
    page = await discount_code_views.discount_codes(actor_of(request), slice=cursors.slice(query))
    items = [DiscountCodeUseBody.of(use) for use in page.items]
    return cursors.respond(DiscountCodePage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[
        create_discount_code,
        change_discount_code,
        read_discount_code,
        list_discount_codes,
    ],
)
