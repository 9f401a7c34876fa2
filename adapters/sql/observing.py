"""Every statement is timed; one that took too long is logged and counted, without its values."""

import logging
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

import attrs
from sqlalchemy import Engine, ExceptionContext, event

from application.kernel.effort import effort_at_hand
from application.kernel.figures import Figures
from application.kernel.told_figures import (
    CONNECTIONS,
    MOST_CONNECTIONS,
    QUERIES,
    QUERY_ERRORS,
    SLOW_QUERIES,
)
from application.kernel.tracing import Marking

logger = logging.getLogger(__name__)

Listener = tuple[str, Callable[..., None]]

OPERATIONS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"})
SYSTEMS = {"postgresql": "postgresql", "sqlite": "sqlite"}
TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+(?:ONLY\s+)?\"?([a-z_][a-z0-9_]*)", re.IGNORECASE)
DIGITS = 12
KNOWN = 1000  # statements; there are a few hundred
HELD = re.compile(r"'(?:[^']|'')*'")


@attrs.frozen(kw_only=True, eq=False)
class Observing:
    """`slow` is in seconds. What frames a transaction is no statement.

    Without `mark`, statements are in no trace.
    """

    figures: Figures
    seconds: Callable[[], float]
    slow: float
    mark: Marking | None = None

    def listen(self, engine: Engine) -> Sequence[Listener]:
        """Returns what it has put there."""
        system = SYSTEMS[engine.dialect.name]

        def before(
            _connection: Any, _cursor: Any, _sql: str, _values: Any, at: Any, *_: Any
        ) -> None:
            at.frontdesk_began = self.seconds()

        def after(
            _connection: Any, _cursor: Any, statement: str, _values: Any, at: Any, *_: Any
        ) -> None:
            operation = operation_of(statement)
            if operation in OPERATIONS:
                took = self.seconds() - at.frontdesk_began
                self._note(statement, operation, took, system)

        listeners: Sequence[Listener] = (
            ("before_cursor_execute", before),
            ("after_cursor_execute", after),
            ("handle_error", self._failed),
        )
        for name, listener in listeners:
            event.listen(engine, name, listener)
        return listeners

    def _note(self, statement: str, operation: str, took: float, system: str) -> None:
        effort = effort_at_hand()
        if effort is not None:
            effort.statements += 1
        self.figures.observe(QUERIES, took, system, operation)
        if self.mark is not None:
            table, text = table_of(statement), without_values(statement)
            self.mark(system=system, operation=operation, table=table, text=text, took=took)
        if took >= self.slow:
            table = table_of(statement)
            self.figures.add(SLOW_QUERIES, operation, table)
            logger.warning(
                "a statement was slow",
                extra={
                    "milliseconds": round(took * 1000, 1),
                    "operation": operation,
                    "table": table,
                    "fingerprint": fingerprint(statement),
                    "statement": without_values(statement),
                    "category": "database",
                    "severity": "low",
                },
            )

    def _failed(self, context: ExceptionContext) -> None:
        error = context.original_exception
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
        lost = "disconnected" if context.is_disconnect else None
        self.figures.add(QUERY_ERRORS, lost or code or type(error).__name__)


def operation_of(statement: str) -> str:
    return statement.lstrip()[:6].upper().split(None, 1)[0] if statement else ""


@lru_cache(KNOWN)
def table_of(statement: str) -> str:
    """The first it names."""
    found = TABLE.search(statement)
    return found[1].lower() if found else ""


@lru_cache(KNOWN)
def without_values(statement: str) -> str:
    """Values travel apart from the text; what is written into it is of the code, and left out."""
    return " ".join(HELD.sub("?", statement).split())[:2000]


def fingerprint(statement: str) -> str:
    """The same for the same statement, whoever it is asked for."""
    return sha256(without_values(statement).encode()).hexdigest()[:DIGITS]


@attrs.frozen(eq=False)
class OfThePool:
    engine: Engine
    most: int
    figures: Figures

    def __call__(self) -> None:
        pool: Any = self.engine.pool
        self.figures.set(CONNECTIONS, pool.checkedout(), "used")
        self.figures.set(CONNECTIONS, pool.checkedin(), "idle")
        self.figures.set(MOST_CONNECTIONS, self.most)
