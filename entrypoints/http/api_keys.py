"""Routes of API keys."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.change_api_key import ChangeApiKey
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey
from application.identity.ports import IdentityViews
from application.identity.revoke_api_key import RevokeApiKey
from application.identity.rotate_api_key import RotateApiKey
from application.kernel.once import Answer
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.identity.api_keys import (
    ApiKey,
    ApiKeyEnded,
    ApiKeyNotFound,
    ScopesBeyondOwn,
    TooManyApiKeys,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ApiKeyId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.api_key_shapes import (
    TILL,
    ApiKeyBody,
    ApiKeyInput,
    ApiKeyPage,
    ApiKeyUseBody,
    IssuedApiKeyBody,
    NewApiKeyInput,
    RotationInput,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, OptionalBody, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

NEW: Body[NewApiKeyInput] = Body(NewApiKeyInput, examples={"a till": TILL})
CHANGE: Body[ApiKeyInput] = Body(
    ApiKeyInput, examples={"reads only": {"name": "Till 2", "scopes": ["bookings:read"]}}
)
ROTATION: Body[RotationInput] = OptionalBody(
    RotationInput, examples={"a week to change over": {"overlap_hours": 168}, "a day": {}}
)
KEYS = Query(PageQuery)

THIS = {"api_key_id": "$response.body#/api_key/id"}


_rotated = worded(IssuedApiKeyBody.of, version=lambda issued: issued.api_key.version)
_rotated_before = worded(
    IssuedApiKeyBody.without_secret, version=lambda issued: issued.api_key.version
)
_revoked = worded(ApiKeyBody.of, version=lambda api_key: api_key.version)


def _created(
    words: Callable[[IssuedApiKey], IssuedApiKeyBody],
) -> Callable[[IssuedApiKey], Answer]:
    return worded(
        words,
        status=201,
        version=lambda issued: issued.api_key.version,
        location=lambda issued: f"/v1/api-keys/{issued.api_key.id}",
    )


@post(
    "/v1/api-keys",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        sensitive=True,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=IssuedApiKeyBody,
        status=201,
        refuses=(ScopesBeyondOwn, TooManyApiKeys),
        then={"read_api_key": THIS},
    ).opt,
)
async def create_api_key(
    request: AnyRequest,
    issue_api_key: NamedDependency[SkipValidation[UseCase[IssueApiKey, IssuedApiKey]]],
) -> Response[bytes]:
    """Create an API key; its secret is in this answer and nowhere else.

    Repeated with the same `Idempotency-Key` the answer comes again without the secret: if it got
    lost on its way, revoke the key or rotate it.
    """
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    issued = await issue_api_key(
        IssueApiKey(
            actor=actor_of(request),
            name=data.name,
            mode=data.mode,
            scopes=frozenset(data.scopes),
            good_for=data.good_for,
            once=key.once(_created(IssuedApiKeyBody.without_secret)),
        )
    )
    return respond(_created(IssuedApiKeyBody.of)(issued))


@get(
    "/v1/api-keys",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        query=KEYS,
        shows=ApiKeyPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_api_keys(
    request: AnyRequest, identity_views: NamedDependency[SkipValidation[IdentityViews]]
) -> Response[bytes]:
    """All API keys, in order of creation, and when each was used last."""
    query, cursors = KEYS.of(request), Cursors.of(request)
    page = await identity_views.keys_of(actor_of(request), slice=cursors.slice(query))
    items = [ApiKeyUseBody.of(use) for use in page.items]
    return cursors.respond(ApiKeyPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/api-keys/{api_key_id:uuid}",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        sends=(IF_NONE_MATCH,),
        shows=ApiKeyBody,
        refuses=(ApiKeyNotFound,),
    ).opt,
)
async def read_api_key(
    request: AnyRequest,
    api_key_id: FromPath[UUID],
    identity_views: NamedDependency[SkipValidation[IdentityViews]],
) -> Response[bytes]:
    """One API key, without its secret."""
    api_key = await identity_views.api_key(actor_of(request), ApiKeyId(api_key_id))
    return tagged(request, ApiKeyBody.of(api_key), version=api_key.version)


@put(
    "/v1/api-keys/{api_key_id:uuid}",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        sensitive=True,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=ApiKeyBody,
        refuses=(ApiKeyNotFound, ScopesBeyondOwn),
    ).opt,
)
async def change_api_key(
    request: AnyRequest,
    api_key_id: FromPath[UUID],
    change_api_key: NamedDependency[SkipValidation[UseCase[ChangeApiKey, ApiKey]]],
) -> Response[bytes]:
    """Call an API key something else, or let it do something else, from this answer on."""
    data = await CHANGE.of(request)
    api_key = await change_api_key(
        ChangeApiKey(
            actor=actor_of(request),
            api_key_id=ApiKeyId(api_key_id),
            name=data.name,
            scopes=frozenset(data.scopes),
            version=seen_version(request),
        )
    )
    return respond(answer(ApiKeyBody.of(api_key), version=api_key.version))


@post(
    "/v1/api-keys/{api_key_id:uuid}/rotate",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        sensitive=True,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=ROTATION,
        shows=IssuedApiKeyBody,
        refuses=(ApiKeyNotFound, ApiKeyEnded, ScopesBeyondOwn),
    ).opt,
    status_code=200,
)
async def rotate_api_key(
    request: AnyRequest,
    api_key_id: FromPath[UUID],
    rotate_api_key: NamedDependency[SkipValidation[UseCase[RotateApiKey, IssuedApiKey]]],
) -> Response[bytes]:
    """Give an API key another secret, shown this once; the one until now works for a while.

    The key stays the same: its id, its scopes, its idempotency keys. Whichever secret it had
    before the one until now ends with this.
    """
    data = await ROTATION.of(request)
    key = await IdempotencyKey.of(request)
    issued = await rotate_api_key(
        RotateApiKey(
            actor=actor_of(request),
            api_key_id=ApiKeyId(api_key_id),
            overlap=data.overlap,
            version=seen_version(request),
            once=key.once(_rotated_before),
        )
    )
    return respond(_rotated(issued))


@post(
    "/v1/api-keys/{api_key_id:uuid}/revoke",
    opt=Operation(
        tag="api keys",
        needs=Permission.MANAGE_KEYS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=ApiKeyBody,
        refuses=(ApiKeyNotFound,),
    ).opt,
    status_code=200,
)
async def revoke_api_key(
    request: AnyRequest,
    api_key_id: FromPath[UUID],
    revoke_api_key: NamedDependency[SkipValidation[UseCase[RevokeApiKey, ApiKey]]],
) -> Response[bytes]:
    """End an API key for good: from this answer on, no process lets it in."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    api_key = await revoke_api_key(
        RevokeApiKey(
            actor=actor_of(request),
            api_key_id=ApiKeyId(api_key_id),
            version=seen_version(request),
            once=key.once(_revoked),
        )
    )
    return respond(_revoked(api_key))


router = Router(
    "/",
    route_handlers=[
        create_api_key,
        list_api_keys,
        read_api_key,
        change_api_key,
        rotate_api_key,
        revoke_api_key,
    ],
)
