"""What every figure is."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.figures import Figure

DEFINED: Mapping[str, Sequence[Figure[Any]]] = {"calls": CALL_FIGURES}
"""By what they are about."""
