"""What was asked for by several keys, in the order of asking."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def in_order(
    keys: Sequence[Key], found: Mapping[Key, Value], missing: Callable[[Key], Exception]
) -> Sequence[Value]:
    """Raises what `missing` makes of the first key that was not found."""
    for key in keys:
        if key not in found:
            raise missing(key)
    return [found[key] for key in keys]
