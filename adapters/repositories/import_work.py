"""All that a transaction may touch in which the rows of an import are taken."""

import attrs

from adapters.repositories.asked_once import ResourcesAskedOnce, TermsAskedOnce
from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.calls import SqlCalls
from adapters.repositories.customers import SqlCustomers
from adapters.repositories.documents import SqlDocuments
from adapters.repositories.imports import SqlImports
from adapters.repositories.pages import SqlPages
from adapters.sql.apart import SqlApart
from adapters.sql.scope import Scope
from application.pipelines.ports import ImportWork


@attrs.frozen(kw_only=True)
class SqlImportWork(SqlBookingWork, ImportWork):
    """Units that are put on sale may be offered to whoever waits for them."""

    imports: SqlImports
    calls: SqlCalls
    customers: SqlCustomers
    documents: SqlDocuments
    pages: SqlPages
    apart: SqlApart

    @classmethod
    def on(cls, scope: Scope) -> "SqlImportWork":
        others = attrs.asdict(SqlBookingWork.on(scope), recurse=False)
        others |= {"resources": ResourcesAskedOnce(scope), "sales_terms": TermsAskedOnce(scope)}
        return cls(
            imports=SqlImports(scope),
            calls=SqlCalls(scope),
            customers=SqlCustomers(scope),
            documents=SqlDocuments(scope),
            pages=SqlPages(scope),
            apart=SqlApart(scope),
            **others,
        )
