"""Text that is read a window at a time, and goes on where the last whole record ended."""

import attrs

from adapters.connectors.parts import FilePart, Parts
from application.pipelines.connecting import BadRecordsAt, Cursor, Origin

WINDOW = 1024 * 1024
BOM = b"\xef\xbb\xbf"


@attrs.frozen(kw_only=True)
class Place:
    """A byte in a content of that tag, and the number of the record that begins there."""

    offset: int = 0
    record: int = 1
    tag: str = ""
    header: str | None = None

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Place":
        if cursor is None:
            return cls()
        header = cursor.get("header")
        return cls(
            offset=int(cursor["offset"] or 0),
            record=int(cursor["record"] or 1),
            tag=str(cursor["tag"] or ""),
            header=None if header is None else str(header),
        )

    @property
    def cursor(self) -> Cursor:
        return {
            "offset": self.offset,
            "record": self.record,
            "tag": self.tag,
            "header": self.header,
        }


@attrs.frozen(kw_only=True)
class Window:
    """`text` begins at `place`, its bytes stop before `end`; if it `ends`, nothing follows."""

    place: Place
    text: str
    encoding: str
    part: FilePart
    end: int

    @property
    def ends(self) -> bool:
        return self.part.ends

    def bytes_of(self, first: int, until: int) -> int:
        """How many the characters between are."""
        return len(self.text[first:until].encode(self.encoding))


async def window_at(parts: Parts, origin: Origin, place: Place, encoding: str) -> Window:
    """If there is another content by now, its beginning. Raises SourceTrouble."""
    part = await parts(origin, offset=place.offset, most=WINDOW)
    if place.offset and part.tag != place.tag:
        place = Place()
        part = await parts(origin, offset=0, most=WINDOW)
    place = attrs.evolve(place, tag=part.tag)
    data, end = part.data, place.offset + len(part.data)
    if place.offset == 0 and encoding == "utf-8" and data.startswith(BOM):
        place, data = attrs.evolve(place, offset=len(BOM)), data[len(BOM) :]
    text = _text(part, data, encoding, place)
    return Window(place=place, text=text, encoding=encoding, part=part, end=end)


def _text(part: FilePart, data: bytes, encoding: str, place: Place) -> str:
    """Without the beginning of a character whose end is not there yet."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        cut_off = not part.ends and error.reason == "unexpected end of data"
        if not cut_off:
            raise BadRecordsAt("bad_encoding", f"byte {place.offset + error.start}") from None
        return data[: error.start].decode(encoding)


def too_long(place: Place) -> BadRecordsAt:
    return BadRecordsAt("record_too_long", f"record {place.record}")
