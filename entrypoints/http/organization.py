"""Routes of one's own organization. There are none of other organizations."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get, put
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.identity.note_metadata import NoteMetadata
from application.identity.ports import OrganizationViews
from application.identity.rename_organization import RenameOrganization
from application.kernel.ports import Clock, UseCase
from domain.identity.organizations import (
    LONGEST_METADATA,
    MOST_METADATA,
    BadMetadata,
    BadOrganizationName,
    Organization,
    OrganizationNotFound,
)
from domain.identity.tiers import Feature, Limits
from domain.identity.usage import Usage
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond, tagged
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    LAST_VERSION,
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Output,
    Version,
)

AnyRequest = Request[Any, Any, Any]

MOST = 1_000_000

OrganizationName = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Seaside Hotel"])
]
Count = Annotated[int, Meta(ge=0, le=LAST_VERSION, examples=[12])]


class Note(Input, frozen=True):
    name: Annotated[
        str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$", max_length=40, examples=["crm.account"])
    ]
    value: Annotated[
        str, Meta(pattern=ONE_LINE, min_length=1, max_length=LONGEST_METADATA, examples=["4711"])
    ]


Metadata = Annotated[tuple[Note, ...], Meta(max_length=MOST_METADATA)]


class MetadataInput(Input, frozen=True):
    """All there is to note; what is left out is forgotten."""

    metadata: Metadata

    def members(self) -> Mapping[str, str]:
        """Raises BadMetadata."""
        members = {note.name: note.value for note in self.metadata}
        if len(members) < len(self.metadata):
            raise BadMetadata
        return members


class OrganizationInput(Input, frozen=True):
    name: OrganizationName


class LimitsBody(Output, frozen=True):
    """What the tier allows. `null` stands for as many as you like."""

    api_keys: Annotated[int, Meta(ge=1, le=MOST, examples=[20])] | None
    members: Annotated[int, Meta(ge=1, le=MOST, examples=[50])] | None
    requests_per_second: Annotated[int, Meta(ge=1, le=MOST, examples=[10_000])]
    data_sources: Annotated[int, Meta(ge=1, le=MOST, examples=[50])] | None
    retention_days: Annotated[int, Meta(ge=1, le=MOST, examples=[180])]
    features: Annotated[
        Sequence[Annotated[str, Meta(pattern="^[a-z]+$", max_length=16, examples=["imports"])]],
        Meta(max_length=len(Feature)),
    ]

    @classmethod
    def of(cls, limits: Limits) -> "LimitsBody":
        return cls(
            api_keys=limits.api_keys,
            members=limits.members,
            requests_per_second=limits.requests_per_second,
            data_sources=limits.data_sources,
            retention_days=limits.retention_days,
            features=sorted(feature.value for feature in limits.features),
        )


class OrganizationBody(Output, frozen=True):
    id: Identifier
    slug: Annotated[
        str,
        Meta(pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", max_length=63, examples=["seaside"]),
    ]
    name: OrganizationName
    status: Annotated[str, Meta(pattern="^[a-z]+$", max_length=16, examples=["active"])]
    tier: Annotated[str, Meta(pattern="^[a-z]+$", max_length=16, examples=["professional"])]
    limits: LimitsBody
    metadata: Metadata
    created_at: Moment
    version: Version

    @classmethod
    def of(cls, organization: Organization) -> "OrganizationBody":
        return cls(
            id=organization.id,
            slug=organization.slug,
            name=organization.name,
            status=organization.status.value,
            tier=organization.tier.value,
            limits=LimitsBody.of(organization.tier.limits),
            metadata=tuple(
                Note(name=name, value=value)
                for name, value in sorted(organization.metadata.items())
            ),
            created_at=organization.created_at,
            version=organization.version,
        )


CHANGE: Body[OrganizationInput] = Body(
    OrganizationInput, examples={"another name": {"name": "Seaside Hotel & Spa"}}
)


NOTES: Body[MetadataInput] = Body(
    MetadataInput,
    examples={"an account": {"metadata": [{"name": "crm.account", "value": "4711"}]}},
)


@get(
    "/v1/organization",
    opt=Operation(
        tag="organization",
        needs=Permission.READ_SETTINGS,
        sends=(IF_NONE_MATCH,),
        shows=OrganizationBody,
        refuses=(OrganizationNotFound,),
    ).opt,
)
async def read_organization(
    request: AnyRequest,
    organization_views: NamedDependency[SkipValidation[OrganizationViews]],
) -> Response[bytes]:
    """Your organization, and what its tier allows."""
    organization = await organization_views.organization(actor_of(request))
    return tagged(request, OrganizationBody.of(organization), version=organization.version)


class UsageBody(Output, frozen=True):
    """How many there are that are live; `bookings` hold units and have not ended."""

    api_keys: Count
    members: Count
    resources: Count
    bookings: Count
    waiting_entries: Count
    blocks: Count

    @classmethod
    def of(cls, usage: Usage) -> "UsageBody":
        return cls(
            api_keys=usage.api_keys,
            members=usage.members,
            resources=usage.resources,
            bookings=usage.bookings,
            waiting_entries=usage.waiting_entries,
            blocks=usage.blocks,
        )


@get(
    "/v1/organization/usage",
    opt=Operation(tag="organization", needs=Permission.READ_SETTINGS, shows=UsageBody).opt,
)
async def read_usage(
    request: AnyRequest,
    organization_views: NamedDependency[SkipValidation[OrganizationViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What of your organization is live, and would be missed."""
    usage = await organization_views.usage(actor_of(request), now=clock())
    return respond(answer(UsageBody.of(usage)))


@put(
    "/v1/organization",
    opt=Operation(
        tag="organization",
        needs=Permission.MANAGE_ORGANIZATION,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=OrganizationBody,
        refuses=(OrganizationNotFound, BadOrganizationName),
    ).opt,
)
async def rename_organization(
    request: AnyRequest,
    rename_organization: NamedDependency[
        SkipValidation[UseCase[RenameOrganization, Organization]]
    ],
) -> Response[bytes]:
    """Call your organization something else. Its slug stays; its tier and status are not yours."""
    data = await CHANGE.of(request)
    organization = await rename_organization(
        RenameOrganization(actor=actor_of(request), name=data.name, version=seen_version(request))
    )
    return respond(answer(OrganizationBody.of(organization), version=organization.version))


@put(
    "/v1/organization/metadata",
    opt=Operation(
        tag="organization",
        needs=Permission.MANAGE_ORGANIZATION,
        sends=(IF_MATCH,),
        body=NOTES,
        shows=OrganizationBody,
        refuses=(OrganizationNotFound, BadMetadata),
    ).opt,
)
async def note_metadata(
    request: AnyRequest,
    note_metadata: NamedDependency[SkipValidation[UseCase[NoteMetadata, Organization]]],
) -> Response[bytes]:
    """Note what you like to find here again: the account in another system, a cost centre."""
    data = await NOTES.of(request)
    organization = await note_metadata(
        NoteMetadata(
            actor=actor_of(request), metadata=data.members(), version=seen_version(request)
        )
    )
    return respond(answer(OrganizationBody.of(organization), version=organization.version))


router = Router(
    "/", route_handlers=[read_organization, read_usage, rename_organization, note_metadata]
)
