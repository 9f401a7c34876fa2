"""Decide only on what the caller has seen."""

from application.kernel.refusals import VersionChanged


def require_version(actual: int, expected: int | None) -> None:
    """Raises VersionChanged; None stands for a caller who takes whatever is there."""
    if expected is not None and actual != expected:
        raise VersionChanged(actual)
