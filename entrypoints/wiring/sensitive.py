"""Settings that are secret: where their values come from, each time they are needed."""

from collections.abc import Callable

import attrs

FILE = "_FILE"

Source = Callable[[], str]


@attrs.frozen
class Sensitive:
    """Call it for what it is now: it may have been changed since the program started."""

    source: Source = attrs.field(repr=False)

    def __call__(self) -> str:
        return self.source()
