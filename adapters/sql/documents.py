"""Domain values as JSON documents and back."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from cattrs import Converter
from cattrs.strategies import configure_tagged_union


def new_converter() -> Converter:
    """Members unknown to a stored document's class are passed over: releases overlap in time."""
    converter = Converter(detailed_validation=False)
    _register(converter, UUID, str, UUID)
    _register(converter, datetime, datetime.isoformat, datetime.fromisoformat)
    _register(converter, date, date.isoformat, date.fromisoformat)
    _register(converter, time, time.isoformat, time.fromisoformat)
    _register(converter, timedelta, timedelta.total_seconds, _seconds)
    return converter


def tagged(converter: Converter, base: Any, kinds: dict[str, Any]) -> None:
    """Stores every subclass of `base` under its tag, in the member `kind`."""
    tags = {kind: tag for tag, kind in kinds.items()}
    union: Any = None
    for kind in kinds.values():
        union = kind if union is None else union | kind
    configure_tagged_union(union, converter, tag_generator=tags.__getitem__, tag_name="kind")
    structure = converter.get_structure_hook(union)
    unstructure = converter.get_unstructure_hook(union)
    converter.register_structure_hook(base, lambda value, _: structure(value, union))
    converter.register_unstructure_hook(base, unstructure)


def _register(converter: Converter, type_: type, write: Any, read: Any) -> None:
    converter.register_unstructure_hook(type_, write)
    converter.register_structure_hook(type_, lambda value, _: read(value))


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
