"""What the routes of documentation are given."""

from typing import Any

from entrypoints.wiring.container import Container
from entrypoints.wiring.in_calls import passages_in_calls


def used_by_documentation(container: Container) -> dict[str, Any]:
    crawling = container.crawling
    return {
        "page_views": container.documentation.page_views(),
        "passage_views": passages_in_calls(
            container.documentation, container.calls, container.identity
        ),
        "usage_views": container.documentation.usage_views(),
        "give_feedback": container.documentation.give_feedback(),
        "document_views": container.documentation.document_views(),
        "add_document": container.documentation.add_document(),
        "add_documents": container.documentation.add_documents(),
        "replace_document": container.documentation.replace_document(),
        "delete_document": container.documentation.delete_document(),
        "crawl_views": crawling.views(),
        "add_site": crawling.add_site(),
        "change_site": crawling.change_site(),
        "delete_site": crawling.delete_site(),
        "start_crawl": crawling.start_crawl(),
        "steer_crawl": crawling.steer_crawl(),
    }
