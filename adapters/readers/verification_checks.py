"""One check: a question to which every row of the answer is a finding."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import attrs
from sqlalchemy import Connection, Row, RowMapping, Select, text

from application.kernel.verification import Finding

After = TypeVar("After")


@attrs.frozen(kw_only=True)
class Check:
    """`question` is one statement, hence one snapshot, and nobody is ever seen halfway.

    It selects `organization_id`, `subject` and whatever `detail` mentions in braces.
    """

    name: str
    question: Select[Any]
    detail: str

    def __call__(self, connection: Connection) -> Sequence[Finding]:
        in_no_hurry(connection)
        return [self._finding(row) for row in connection.execute(self.question).mappings()]

    def _finding(self, row: RowMapping) -> Finding:
        return Finding(
            check=self.name,
            organization_id=row["organization_id"],
            subject=str(row["subject"]),
            detail=self.detail.format_map(row),
        )


def page_by_page(
    rows: Callable[[After], Sequence[Row[Any]]], *, key: Callable[[Row[Any]], After], first: After
) -> Iterator[Row[Any]]:
    """Every row there is; `rows` answers with some of those whose key is behind the one given."""
    after = first
    while found := rows(after):
        yield from found
        after = key(found[-1])


UNHURRIED = text(
    "SELECT set_config('statement_timeout', '0', true),"
    " set_config('idle_in_transaction_session_timeout', '0', true)"
)


def in_no_hurry(connection: Connection) -> None:
    """On PostgreSQL. Where a transaction has begun, whoever began it has decided that."""
    if connection.dialect.name != "postgresql" or connection.in_transaction():
        return
    # Whole tables are read, which may take longer than statements usually may, and so may a busy
    # process between two of them. The transaction is there to carry the settings; the server
    # holds us to our word that we only read.
    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.execute(UNHURRIED)
