"""What is written in JSON or in YAML, by strangers: nothing of it is believed."""

from itertools import count
from typing import Any, ClassVar

import msgspec
import yaml

from application.documentation.ports import Unreadable

DEEPEST = 64
"""What is inside of one another; the loader calls itself for each."""
MOST = 500_000
"""Names, values, and beginnings and ends of whatever holds them."""

OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Plain(FASTEST):  # type: ignore[misc]
    """Numbers and dates stay as they are written."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def read_structured(body: bytes) -> Any:
    """Raises Unreadable."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        """Then it may be the other."""
    try:
        text = body.decode("utf-8-sig")
        _must_be_plain(text)
        return yaml.load(text, _Plain)  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Unreadable("It is neither JSON nor YAML.") from None


def _must_be_plain(text: str) -> None:
    """Looked through before anything is made of it. Raises Unreadable."""
    deep, seen = 0, count(1)
    for event in yaml.parse(text, _Plain):
        deep += isinstance(event, OPENING) - isinstance(event, CLOSING)
        if isinstance(event, yaml.AliasEvent) or deep > DEEPEST or next(seen) > MOST:
            raise Unreadable("It is deeper, longer or more tangled than it may be.")
