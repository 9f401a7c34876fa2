"""What the routes of documentation are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_documentation(container: Container) -> dict[str, Any]:
    crawling = container.crawling
    return {
        "page_views": container.library.page_views(),
        "passage_views": container.library.passage_views(),
        "usage_views": container.library.usage_views(),
        "give_feedback": container.library.give_feedback(),
        "crawl_views": crawling.views(),
        "add_site": crawling.add_site(),
        "start_crawl": crawling.start_crawl(),
        "steer_crawl": crawling.steer_crawl(),
    }
