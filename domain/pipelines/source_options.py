"""How a source of each kind is read."""

from collections.abc import Mapping
from enum import Enum

import attrs


class SourceKind(Enum):
    CSV = "csv"
    JSON_LINES = "json_lines"
    JSON_API = "json_api"
    SQL = "sql"
    ICALENDAR = "icalendar"
    BUCKET = "bucket"


class Encoding(Enum):
    UTF_8 = "utf-8"
    LATIN_1 = "iso-8859-1"
    WINDOWS = "windows-1252"


@attrs.frozen(kw_only=True)
class CsvOptions:
    """`columns` names them where the first line doesn't; `names` are other names, by the own."""

    delimiter: str = ","
    quote: str = '"'
    encoding: Encoding = Encoding.UTF_8
    columns: tuple[str, ...] = ()
    names: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class JsonLinesOptions:
    """`names` are other names of members, by their own."""

    names: Mapping[str, str] = attrs.field(factory=dict)


class Paging(Enum):
    """How an answer leads to the next one."""

    NONE = "none"
    CURSOR = "cursor"
    PAGE = "page"
    LINK = "link"
    OFFSET = "offset"


class Authorization(Enum):
    """What is made of the secrets: `token`, or `user` and `password`."""

    NONE = "none"
    BEARER = "bearer"
    BASIC = "basic"
    HEADER = "header"


@attrs.frozen(kw_only=True)
class JsonApiOptions:
    """`records` and `next` are paths in the answer, such as `data.items`; empty is all of it.

    `parameter` is what the cursor, number of a page or offset is asked with, `size` how many.
    """

    records: str = ""
    paging: Paging = Paging.NONE
    next: str = "next"
    parameter: str = "page"
    size: str | None = None
    first: int = 1
    authorization: Authorization = Authorization.NONE
    header: str = "X-Api-Key"
    requests_per_minute: int = 60


@attrs.frozen(kw_only=True)
class SqlOptions:
    """Rows of a table in the order of (`cursor`, `key`); those without a cursor are not read.

    The last `lag_seconds` are left to a later run: what is committed late may have an early time.
    """

    table: str
    key: str
    cursor: str | None = None
    schema: str | None = None
    columns: tuple[str, ...] = ()
    lag_seconds: int = 0


@attrs.frozen(kw_only=True)
class CalendarOptions:
    most_events: int = 5_000


class BucketFormat(Enum):
    CSV = "csv"
    JSON_LINES = "json_lines"


@attrs.frozen(kw_only=True)
class BucketOptions:
    """Every object below `prefix`, in the order of their names."""

    bucket: str
    prefix: str = ""
    region: str = "us-east-1"
    format: BucketFormat = BucketFormat.CSV
    csv: CsvOptions = attrs.field(factory=CsvOptions)
    json_lines: JsonLinesOptions = attrs.field(factory=JsonLinesOptions)


Options = (
    CsvOptions | JsonLinesOptions | JsonApiOptions | SqlOptions | CalendarOptions | BucketOptions
)
OPTIONS: Mapping[SourceKind, type[Options]] = {
    SourceKind.CSV: CsvOptions,
    SourceKind.JSON_LINES: JsonLinesOptions,
    SourceKind.JSON_API: JsonApiOptions,
    SourceKind.SQL: SqlOptions,
    SourceKind.ICALENDAR: CalendarOptions,
    SourceKind.BUCKET: BucketOptions,
}
