"""How data sources of each kind are read, in JSON; shown as it was said."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.pipelines.source_options import (
    Authorization,
    BucketFormat,
    BucketOptions,
    CalendarOptions,
    CsvOptions,
    Encoding,
    JsonApiOptions,
    JsonLinesOptions,
    Paging,
    SqlOptions,
)
from entrypoints.http.shapes import ONE_LINE, Input

Mark = Annotated[str, Meta(pattern=r"^[^\x00-\x08\x0a-\x1f\x7f]$(?!\n)", max_length=1)]
ColumnName = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Guest name"])
]
Path = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x20\x7f]*$(?!\n)",
        max_length=200,
        description="Names of members with dots between them; empty is the whole answer.",
        examples=["data.items"],
    ),
]
Parameter = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_.\[\]-]+$(?!\n)", max_length=60, examples=["page"])
]
HeaderName = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9-]+$(?!\n)", max_length=60, examples=["X-Api-Key"])
]
BucketName = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$(?!\n)", max_length=63)
]
Prefix = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)", max_length=500)]
Region = Annotated[str, Meta(pattern=r"^[a-z0-9-]+$(?!\n)", max_length=40)]
First = Annotated[int, Meta(ge=0, le=1, description="What the first page is called.")]
PerMinute = Annotated[int, Meta(ge=1, le=6_000, examples=[60])]
Lag = Annotated[
    int, Meta(ge=0, le=86_400, description="Seconds whose rows are left to a later run.")
]
MostEvents = Annotated[int, Meta(ge=1, le=20_000)]


class RenameInput(Input, frozen=True):
    """What is called `was` in the source is called `name` from there on."""

    was: ColumnName
    name: ColumnName


Renames = Annotated[tuple[RenameInput, ...], Meta(max_length=500)]
Columns = Annotated[tuple[ColumnName, ...], Meta(max_length=500)]


class CsvOptionsInput(Input, frozen=True):
    """`columns` names them where the first line doesn't."""

    delimiter: Mark = ","
    quote: Mark = '"'
    encoding: Encoding = Encoding.UTF_8
    columns: Columns = ()
    renames: Renames = ()

    def options(self) -> CsvOptions:
        return CsvOptions(
            delimiter=self.delimiter,
            quote=self.quote,
            encoding=self.encoding,
            columns=self.columns,
            names=_names(self.renames),
        )

    @classmethod
    def of(cls, options: CsvOptions) -> "CsvOptionsInput":
        return cls(
            delimiter=options.delimiter,
            quote=options.quote,
            encoding=options.encoding,
            columns=options.columns,
            renames=_renames(options.names.items()),
        )


class JsonLinesOptionsInput(Input, frozen=True):
    renames: Renames = ()

    def options(self) -> JsonLinesOptions:
        return JsonLinesOptions(names=_names(self.renames))

    @classmethod
    def of(cls, options: JsonLinesOptions) -> "JsonLinesOptionsInput":
        return cls(renames=_renames(options.names.items()))


class JsonApiOptionsInput(Input, frozen=True):
    """`records` are where the records are, `next` where the next cursor is.

    Pages are asked for with `parameter`, a link of the header `Link` is followed on its own host
    only. `header` is what the secret `token` is sent in, if that is the `authorization`.
    """

    MEMBERS: ClassVar[tuple[str, ...]] = (
        "records",
        "paging",
        "next",
        "parameter",
        "size",
        "first",
        "authorization",
        "header",
        "requests_per_minute",
    )

    records: Path = ""
    paging: Paging = Paging.NONE
    next: Path = "next"
    parameter: Parameter = "page"
    size: Parameter | None = None
    first: First = 1
    authorization: Authorization = Authorization.NONE
    header: HeaderName = "X-Api-Key"
    requests_per_minute: PerMinute = 60

    def options(self) -> JsonApiOptions:
        return JsonApiOptions(**{member: getattr(self, member) for member in self.MEMBERS})

    @classmethod
    def of(cls, options: JsonApiOptions) -> "JsonApiOptionsInput":
        return cls(**{member: getattr(options, member) for member in cls.MEMBERS})


class SqlOptionsInput(Input, frozen=True):
    """Rows of `table` in the order of `cursor` and `key`, which is unique; no others are read."""

    table: ColumnName
    key: ColumnName
    cursor: ColumnName | None = None
    schema: ColumnName | None = None
    columns: Columns = ()
    lag_seconds: Lag = 0

    def options(self) -> SqlOptions:
        return SqlOptions(
            table=self.table,
            key=self.key,
            cursor=self.cursor,
            schema=self.schema,
            columns=self.columns,
            lag_seconds=self.lag_seconds,
        )

    @classmethod
    def of(cls, options: SqlOptions) -> "SqlOptionsInput":
        return cls(
            table=options.table,
            key=options.key,
            cursor=options.cursor,
            schema=options.schema,
            columns=options.columns,
            lag_seconds=options.lag_seconds,
        )


class CalendarOptionsInput(Input, frozen=True):
    most_events: MostEvents = 5_000

    def options(self) -> CalendarOptions:
        return CalendarOptions(most_events=self.most_events)

    @classmethod
    def of(cls, options: CalendarOptions) -> "CalendarOptionsInput":
        return cls(most_events=options.most_events)


class BucketOptionsInput(Input, frozen=True):
    """Every object below `prefix` is a file of that `format`."""

    bucket: BucketName
    prefix: Prefix = ""
    region: Region = "us-east-1"
    format: BucketFormat = BucketFormat.CSV
    csv: CsvOptionsInput = CsvOptionsInput()
    json_lines: JsonLinesOptionsInput = JsonLinesOptionsInput()

    def options(self) -> BucketOptions:
        return BucketOptions(
            bucket=self.bucket,
            prefix=self.prefix,
            region=self.region,
            format=self.format,
            csv=self.csv.options(),
            json_lines=self.json_lines.options(),
        )

    @classmethod
    def of(cls, options: BucketOptions) -> "BucketOptionsInput":
        return cls(
            bucket=options.bucket,
            prefix=options.prefix,
            region=options.region,
            format=options.format,
            csv=CsvOptionsInput.of(options.csv),
            json_lines=JsonLinesOptionsInput.of(options.json_lines),
        )


def _names(renames: tuple[RenameInput, ...]) -> dict[str, str]:
    return {rename.was: rename.name for rename in renames}


def _renames(names: Iterable[tuple[str, str]]) -> tuple[RenameInput, ...]:
    return tuple(RenameInput(was=was, name=name) for was, name in names)
