"""Routes of settings: what an organization decides for itself."""

from typing import Any

from litestar import Request, Response, Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.change_setting import ChangeSetting, ResetSetting
from application.identity.ports import OrganizationViews
from application.kernel.ports import UseCase
from application.kernel.settings import SettingsViews
from domain.identity.organizations import OrganizationDeactivated, OrganizationNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.settings import BadSettingValue, SettingNotEditable, UnknownSetting
from entrypoints.http.answers import answer, respond
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.setting_shapes import PublicSettings, SettingBody, SettingInput, SettingList

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[SettingsViews]]

CHANGE: Body[SettingInput] = Body(
    SettingInput,
    examples={
        "number": {"value": 20},
        "boolean": {"value": False},
        "json": {"value": {"monday": "09:00-17:30"}},
    },
)


@get(
    "/v1/settings",
    opt=Operation(tag="organization", needs=Permission.READ_SETTINGS, shows=SettingList).opt,
)
async def list_settings(request: AnyRequest, settings_views: Views) -> Response[bytes]:
    """All settings there are, with their values, defaults and rules."""
    views = await settings_views.settings(actor_of(request))
    return respond(answer(SettingList(items=[SettingBody.of(view) for view in views])))


@get(
    "/v1/settings/{setting:str}",
    opt=Operation(
        tag="organization",
        needs=Permission.READ_SETTINGS,
        shows=SettingBody,
        refuses=(UnknownSetting,),
    ).opt,
)
async def read_setting(
    request: AnyRequest, setting: FromPath[str], settings_views: Views
) -> Response[bytes]:
    """One setting. Its ETag is that of version 0 as long as it was never set."""
    return await _shown(settings_views, actor_of(request), setting)


@put(
    "/v1/settings/{setting:str}",
    opt=Operation(
        tag="organization",
        needs=Permission.MANAGE_SETTINGS,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=SettingBody,
        refuses=(UnknownSetting, SettingNotEditable, BadSettingValue),
    ).opt,
)
async def change_setting(
    request: AnyRequest,
    setting: FromPath[str],
    settings_views: Views,
    change_setting: NamedDependency[SkipValidation[UseCase[ChangeSetting, None]]],
) -> Response[bytes]:
    """Set something for your organization. Every process goes by it from the answer on."""
    data, actor = await CHANGE.of(request), actor_of(request)
    await change_setting(
        ChangeSetting(actor=actor, key=setting, value=data.value, version=seen_version(request))
    )
    return await _shown(settings_views, actor, setting)


@delete(
    "/v1/settings/{setting:str}",
    status_code=200,
    opt=Operation(
        tag="organization",
        needs=Permission.MANAGE_SETTINGS,
        sends=(IF_MATCH,),
        shows=SettingBody,
        refuses=(UnknownSetting,),
    ).opt,
)
async def reset_setting(
    request: AnyRequest,
    setting: FromPath[str],
    settings_views: Views,
    reset_setting: NamedDependency[SkipValidation[UseCase[ResetSetting, None]]],
) -> Response[bytes]:
    """Go back to the default."""
    actor = actor_of(request)
    await reset_setting(ResetSetting(actor=actor, key=setting, version=seen_version(request)))
    return await _shown(settings_views, actor, setting)


@get(
    "/v1/public-settings/{slug:str}",
    opt=Operation(
        tag="organization",
        needs=None,
        shows=PublicSettings,
        refuses=(OrganizationNotFound, OrganizationDeactivated),
    ).opt,
)
async def read_public_settings(
    slug: FromPath[str],
    organization_views: NamedDependency[SkipValidation[OrganizationViews]],
    settings_views: Views,
) -> Response[bytes]:
    """What anybody may know of the desk with this slug: how to reach it, how long holds last."""
    organization = await organization_views.called(slug)
    actor = organization.status.admitted(Actor.system(organization.id))
    views = await settings_views.settings(actor)
    public = {view.setting.key: view.value for view in views if view.setting.public}
    return respond(answer(PublicSettings(name=organization.name, settings=public)))


async def _shown(views: SettingsViews, actor: Actor, key: str) -> Response[bytes]:
    view = await views.setting(actor, key)
    return respond(answer(SettingBody.of(view), version=view.version))


router = Router(
    "/",
    route_handlers=[
        list_settings,
        read_setting,
        change_setting,
        reset_setting,
        read_public_settings,
    ],
)
