"""Wiring of what documentation says."""

from typing import Any

from dependency_injector import containers, providers

from adapters.cache.buffered_questions import BufferedQuestions
from adapters.cache.remembered_searches import RememberedSearches
from adapters.extraction.uploads.apart import AT_ONCE, DocumentsApart
from adapters.readers.documents import SqlDocumentViews
from adapters.readers.pages import SqlPageViews
from adapters.readers.passages import SqlPassageViews
from adapters.readers.usage_of_documentation import SqlUsageViews
from adapters.repositories.documents import SqlDocumentWork
from adapters.repositories.feedback import SqlFeedbackWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.add_documents import AddDocumentsHandler
from application.documentation.asking import CountedSearches
from application.documentation.embedding import SemanticSearches
from application.documentation.give_feedback import GiveFeedbackHandler
from application.documentation.keep_documents import (
    AddDocumentHandler,
    DeleteDocumentHandler,
    ReplaceDocumentHandler,
)
from application.kernel.figures import Figures
from domain.kernel.actors import Permission
from entrypoints.wiring.hands import Hands
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


class DocumentationContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    embedder: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    figures: providers.Dependency[Figures] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlFeedbackWork.on),
        new_id=new_id,
        clock=clock,
    )
    asking: Any = providers.Singleton(BufferedQuestions, unit_of_work=unit_of_work)
    page_views = providers.Singleton(SqlPageViews, database)
    passage_views = providers.Singleton(
        CountedSearches,
        views=providers.Singleton(
            SemanticSearches,
            views=providers.Singleton(
                RememberedSearches,
                views=providers.Singleton(SqlPassageViews, database),
                figures=figures,
            ),
            embed=embedder,
        ),
        asking=asking,
        clock=clock,
    )
    usage_views = providers.Singleton(SqlUsageViews, database)
    give_feedback: Any = use_case(
        Permission.JUDGE_DOCUMENTATION,
        providers.Singleton(
            GiveFeedbackHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    document_views = providers.Singleton(SqlDocumentViews, database)
    document_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlDocumentWork.on),
        new_id=new_id,
        clock=clock,
    )
    read_document = providers.Singleton(DocumentsApart)
    add_document: Any = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            AddDocumentHandler,
            unit_of_work=document_work,
            read=read_document,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    add_documents: Any = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            AddDocumentsHandler,
            unit_of_work=document_work,
            read=read_document,
            side_by_side=providers.Singleton(Hands, AT_ONCE),
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    replace_document: Any = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            ReplaceDocumentHandler, unit_of_work=document_work, read=read_document, clock=clock
        ),
        observe,
    )
    delete_document: Any = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(DeleteDocumentHandler, unit_of_work=document_work, clock=clock),
        observe,
    )
