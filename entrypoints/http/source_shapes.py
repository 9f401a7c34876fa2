"""Data sources in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Meta

from domain.kernel.schedules import CronSchedule
from domain.pipelines.source_options import SourceKind
from domain.pipelines.source_refusals import BadConnection
from domain.pipelines.sources import Connection, DataSourceState, Health, Source
from entrypoints.http.cron_shapes import CronBody, CronInput
from entrypoints.http.document_shapes import LARGEST_FILE
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.resource_shapes import Description
from entrypoints.http.shapes import (
    BASE64,
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Name,
    Output,
    Version,
)
from entrypoints.http.source_option_shapes import (
    BucketOptionsInput,
    CalendarOptionsInput,
    CsvOptionsInput,
    JsonApiOptionsInput,
    JsonLinesOptionsInput,
    SqlOptionsInput,
)

Address = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]+:[^\x00-\x20\x7f]+$(?!\n)",
        max_length=2000,
        description="Without credentials.",
        examples=["https://crm.example.com/guests.csv"],
    ),
]
SecretName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,22}$(?!\n)",
        max_length=23,
        description="Of a secret that the operator keeps for the organization.",
        examples=["crm-token"],
    ),
]
Tag = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=40, examples=["crm"])]
Tags = Annotated[tuple[Tag, ...], Meta(max_length=20)]
Timeout = Annotated[int, Meta(ge=1, le=300, description="Seconds.", examples=[30])]
GUESTS: dict[str, Any] = {
    "name": "Guests",
    "kind": "csv",
    "address": "https://crm.example.com/guests.csv",
    "credentials": {"token": "crm-token"},
    "csv": {"delimiter": ";", "renames": [{"was": "Gast", "name": "guest"}]},
    "schedule": {"cron": "30 4 * * 1-5", "zone": "Europe/Lisbon"},
}


class SourceCredentialsInput(Input, frozen=True):
    """Which secrets it is reached with: a token, or a user and a password."""

    token: SecretName | None = None
    user: SecretName | None = None
    password: SecretName | None = None

    def names(self) -> Mapping[str, str]:
        named = {"token": self.token, "user": self.user, "password": self.password}
        return {purpose: name for purpose, name in named.items() if name is not None}


class DataSourceInput(Input, frozen=True):
    """The member that is called like the `kind` says how it is read."""

    name: Name
    kind: SourceKind
    address: Address | None = None
    credentials: SourceCredentialsInput = SourceCredentialsInput()
    timeout_seconds: Timeout = 30
    description: Description | None = None
    tags: Tags = ()
    schedule: CronInput | None = None
    csv: CsvOptionsInput | None = None
    json_lines: JsonLinesOptionsInput | None = None
    json_api: JsonApiOptionsInput | None = None
    sql: SqlOptionsInput | None = None
    icalendar: CalendarOptionsInput | None = None
    bucket: BucketOptionsInput | None = None

    def connection(self) -> Connection:
        """Raises BadConnection."""
        given = getattr(self, self.kind.value)
        others = [kind for kind in SourceKind if kind is not self.kind]
        if any(getattr(self, kind.value) is not None for kind in others):
            raise BadConnection("it is read as what it is, and as nothing else")
        if given is None and self.kind in (SourceKind.SQL, SourceKind.BUCKET):
            raise BadConnection(f"{self.kind.value} is missing")
        usual: Mapping[SourceKind, Any] = {
            SourceKind.CSV: CsvOptionsInput(),
            SourceKind.JSON_LINES: JsonLinesOptionsInput(),
            SourceKind.JSON_API: JsonApiOptionsInput(),
            SourceKind.ICALENDAR: CalendarOptionsInput(),
        }
        return Connection(
            kind=self.kind,
            address=self.address,
            credentials=self.credentials.names(),
            timeout_seconds=self.timeout_seconds,
            options=(given or usual[self.kind]).options(),
        )

    def scheduled(self) -> CronSchedule | None:
        """Raises BadCron."""
        return None if self.schedule is None else self.schedule.schedule()


SHAPES: Mapping[SourceKind, Any] = {
    SourceKind.CSV: CsvOptionsInput,
    SourceKind.JSON_LINES: JsonLinesOptionsInput,
    SourceKind.JSON_API: JsonApiOptionsInput,
    SourceKind.SQL: SqlOptionsInput,
    SourceKind.ICALENDAR: CalendarOptionsInput,
    SourceKind.BUCKET: BucketOptionsInput,
}


class DataSourceBody(Output, frozen=True):
    """`credentials` are names of secrets; what is secret is shown nowhere."""

    id: Identifier
    version: Version
    name: Name
    kind: SourceKind
    state: DataSourceState
    health: Health
    address: Address | None
    credentials: SourceCredentialsInput
    timeout_seconds: Timeout
    description: Description | None
    tags: Tags
    schedule: CronBody | None
    next_due_at: Moment | None
    csv: CsvOptionsInput | None = None
    json_lines: JsonLinesOptionsInput | None = None
    json_api: JsonApiOptionsInput | None = None
    sql: SqlOptionsInput | None = None
    icalendar: CalendarOptionsInput | None = None
    bucket: BucketOptionsInput | None = None

    @classmethod
    def of(cls, source: Source) -> "DataSourceBody":
        connection = source.connection
        return cls(
            id=source.id,
            version=source.version,
            name=source.name,
            kind=source.kind,
            state=source.state,
            health=source.health,
            address=connection.address,
            credentials=SourceCredentialsInput(**connection.credentials),
            timeout_seconds=connection.timeout_seconds,
            description=source.description,
            tags=source.tags,
            schedule=None if source.schedule is None else CronBody.of(source.schedule),
            next_due_at=source.next_due_at,
            **{source.kind.value: SHAPES[source.kind].of(connection.options)},
        )


FileContent = Annotated[
    bytes,
    Meta(
        min_length=1,
        max_length=LARGEST_FILE,
        extra_json_schema={"pattern": BASE64},
        description="The file in base64: CSV or JSON lines, as the source says.",
    ),
]


class SourceFileInput(Input, frozen=True):
    content: FileContent


class DataSourcePage(Output, frozen=True):
    items: Annotated[Sequence[DataSourceBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class DataSourceQuery(PageQuery, frozen=True):
    """Without a `state` those that are archived are left out."""

    state: DataSourceState | None = None
