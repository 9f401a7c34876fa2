"""Files in a bucket that speaks S3, one after the other in the order of their names."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote_plus, urlencode, urlsplit

import attrs

from adapters.connectors.answers import clock_difference_of, must_be_good, trouble_of
from adapters.connectors.json_lines import JsonLinesConnector
from adapters.connectors.options import options_of
from adapters.connectors.parts import FilePart, Parts, part_of, ranged
from adapters.connectors.separated import CsvConnector
from adapters.connectors.signatures import Sign
from adapters.connectors.verdicts import given_up_after
from application.kernel.ports import Clock
from application.kernel.web import Fetch, Fetched, NotFetched
from application.pipelines.connecting import (
    BadRecord,
    Connector,
    Cursor,
    Origin,
    SourcePage,
    SourceRefused,
    Verdict,
)
from application.pipelines.credentials import Credentials
from domain.pipelines.source_options import BucketFormat, BucketOptions

ENCODED = "<EncodingType>url</EncodingType>"
"""What is asked for; servers that do not know it say nothing, and mean names as they are."""
KEY = re.compile(r"<Key>([^<]{1,4096})</Key>")
LARGEST_LISTING = 64 * 1024
NOT_FOUND = "not_found"


@attrs.frozen(kw_only=True)
class Asked:
    """For an object, or without a name for what there is."""

    most: int
    name: str = ""
    query: str = ""
    headers: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Bucket:
    """Asks with signatures; nothing is followed elsewhere."""

    fetch: Fetch
    credentials: Credentials
    clock: Clock
    sign: Sign

    async def listing(self, source: Origin, options: BucketOptions, after: str) -> Fetched:
        """The first object whose name comes after that. Raises SourceTrouble."""
        asked = {
            "encoding-type": "url",
            "list-type": "2",
            "max-keys": "1",
            "prefix": options.prefix,
            "start-after": after,
        }
        query = urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)
        fetched = await self.ask(source, options, Asked(query=query, most=LARGEST_LISTING))
        return must_be_good(fetched, self.clock())

    async def ask(self, source: Origin, options: BucketOptions, asked: Asked) -> Fetched:
        """Raises SourceTrouble."""
        url = _url(source, options, asked)
        user, password = (self.credentials.of(source, each) for each in ("user", "password"))
        signed: Mapping[str, str] = {}
        if user is not None and password is not None:
            signed = self.sign(
                url, region=options.region, user=user, password=password, now=self.clock()
            )
        headers = {**asked.headers, **signed}
        try:
            return await self.fetch(url, headers=headers, most=asked.most, redirects=0)
        except NotFetched as failed:
            raise trouble_of(failed) from None


@attrs.frozen
class ObjectParts(Parts):
    bucket: Bucket
    options: BucketOptions
    name: str

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        asked = Asked(name=self.name, headers=ranged(offset, most), most=offset + most)
        fetched = await self.bucket.ask(origin, self.options, asked)
        return part_of(fetched, offset, most, self.bucket.clock())


@attrs.frozen
class BucketConnector(Connector):
    bucket: Bucket

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            fetched = await self.bucket.listing(source, options_of(source, BucketOptions), "")
            return Verdict(
                reachable=True,
                version=fetched.headers.get("server", "")[:100] or None,
                clock_difference_ms=clock_difference_of(fetched, self.bucket.clock()),
            )

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        """A later run begins behind the last object that was read to its end."""
        options = options_of(source, BucketOptions)
        name, inside = _place(after)
        if inside is None:
            following = _key(await self.bucket.listing(source, options, name), name)
            if following is None:
                return SourcePage(records=(), next=None, later=_behind(name))
            name = following
        page = await self._of_object(source, options, name, inside, limit=limit)
        following_cursor = _behind(name) if page.next is None else {**page.next, "object": name}
        return attrs.evolve(page, next=following_cursor, later=_behind(name))

    async def _of_object(
        self,
        source: Origin,
        options: BucketOptions,
        name: str,
        inside: Cursor | None,
        *,
        limit: int,
    ) -> SourcePage:
        """One that was deleted after it had been listed is bad, and the others are read."""
        file = self._file(options, name)
        try:
            return await file.page(_as_file(source, options), inside, limit=limit)
        except SourceRefused as refused:
            if refused.reason != NOT_FOUND:
                raise
            gone = BadRecord(at=f"object {name}", reason=NOT_FOUND)
            return SourcePage(records=(), bad=[gone], next=None)

    def _file(self, options: BucketOptions, name: str) -> Connector:
        parts = ObjectParts(self.bucket, options, name)
        if options.format is BucketFormat.CSV:
            return CsvConnector(parts)
        return JsonLinesConnector(parts)


def _url(source: Origin, options: BucketOptions, asked: Asked) -> str:
    """Path-style, which every server understands. Raises SourceRefused."""
    base = (source.connection.address or "").rstrip("/")
    if urlsplit(base).query:
        raise SourceRefused("malformed_url")
    path = f"{base}/{options.bucket}" + (f"/{quote(asked.name, safe='/~')}" if asked.name else "")
    return f"{path}?{asked.query}" if asked.query else path


def _place(after: Cursor | None) -> tuple[str, Cursor | None]:
    """The object, and where in it; None is behind it."""
    if after is None:
        return "", None
    name = str(after["object"] or "")
    return name, None if "offset" not in after else after


def _behind(name: str) -> Cursor | None:
    return {"object": name} if name else None


def _key(listing: Fetched, after: str) -> str | None:
    """Raises SourceRefused for one that is not behind it: that would never end."""
    told = listing.body.decode("utf-8", "replace")
    found = KEY.search(told)
    if found is None:
        return None
    name = unescape(found[1])
    if ENCODED in told:
        name = unquote_plus(name)
    if name.encode() <= after.encode():
        raise SourceRefused("no_progress")
    return name


def _as_file(source: Origin, options: BucketOptions) -> Origin:
    inner = options.csv if options.format is BucketFormat.CSV else options.json_lines
    return attrs.evolve(source, connection=attrs.evolve(source.connection, options=inner))
