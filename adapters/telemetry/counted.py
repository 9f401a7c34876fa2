"""What went wrong, counted: whatever is logged as a warning or worse.

And what is left alone since it failed too often: breakers log each change of theirs.
"""

import logging

from application.kernel.figures import Figures
from application.kernel.told_figures import BREAKER_CHANGES, BREAKERS, ERRORS

UNSAID = "unforeseen"
OPENNESS = {"closed": 0, "half_open": 1, "open": 2}


class Counted(logging.Handler):
    """By category, severity and type of error: few values each, and none of anybody's making."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(logging.WARNING)
        self._figures = figures

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info and record.exc_info[1]
        self._figures.add(
            ERRORS,
            str(getattr(record, "category", UNSAID)),
            str(getattr(record, "severity", record.levelname.lower())),
            type(error).__qualname__ if error else "",
            record.name,
        )
        breaker, state = getattr(record, "breaker", None), getattr(record, "state", None)
        if breaker is not None and state in OPENNESS:
            self._figures.set(BREAKERS, OPENNESS[state], breaker)
            self._figures.add(BREAKER_CHANGES, breaker, state)
