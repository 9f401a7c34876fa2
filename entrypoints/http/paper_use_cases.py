"""What the routes of papers are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_papers(container: Container) -> Mapping[str, Any]:
    paperwork: Any = container.paperwork
    notifications: Any = container.notifications
    return {
        "paper_views": paperwork.views(),
        "printing": paperwork.printing(),
        "issue_papers": paperwork.issue_papers(),
        "invoice_itinerary": paperwork.invoice_itinerary(),
        "reissue_paper": paperwork.reissue_paper(),
        "send_paper": paperwork.send_paper(),
        "revoke_certificate": paperwork.revoke_certificate(),
        "notices": notifications.notices(),
        "calendar_files": notifications.calendar_files(),
    }
