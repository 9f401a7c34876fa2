"""What databases say of how they find calls."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from adapters.schema.calls import calls
from adapters.sql.database import Database

PAGE = 10
Node = Mapping[str, Any]


@contextmanager
def asked(database: Database) -> Iterator[Sequence[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        statements.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", listen)
    yield statements
    event.remove(database.engine, "before_cursor_execute", listen)


def looked_at_by_sqlite(statement: str, given: Any, connection: Connection) -> Sequence[Any]:
    """Where columns are read from the table but to show them: cursors of its machine."""
    root = connection.exec_driver_sql(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (calls.name,)
    ).scalar_one()
    steps = connection.exec_driver_sql(f"EXPLAIN {statement}", given).all()
    table = {step.p1 for step in steps if step.opcode == "OpenRead" and step.p2 == root}
    read = {step.p1 for step in steps if step.opcode == "Column" and step.p1 in table}
    return [] if len(read) == 1 else list(read)


def looked_at_by_postgres(statement: str, given: Any, connection: Connection) -> Sequence[Node]:
    """Parts of the plan that looked at more of the table than is on a page."""
    return [node for node in parts(statement, given, connection) if of_table(node) > PAGE + 1]


def parts(statement: str, given: Any, connection: Connection) -> Sequence[Node]:
    question = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    (told,) = connection.exec_driver_sql(question, given).scalar_one()
    return [node for node in nodes(told["Plan"]) if node.get("Relation Name") == "calls"]


def of_table(node: Node) -> float:
    if node["Node Type"] == "Index Only Scan":
        return float(node["Heap Fetches"])
    passed_over = node.get("Rows Removed by Filter", 0)
    return float((node["Actual Rows"] + passed_over) * node["Actual Loops"])


def nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def indexes(statement: str, given: Any, connection: Connection) -> str:
    """What it goes by."""
    if connection.dialect.name == "postgresql":
        return str([node.get("Index Name") for node in parts(statement, given, connection)])
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    return str([step.detail for step in plan])
