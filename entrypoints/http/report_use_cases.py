"""What the routes of reports are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_reports(container: Container) -> dict[str, Any]:
    reports = container.reports
    return {
        "reports": reports.reports(),
        "row_writers": reports.row_writers(),
        "take_report": reports.take_report(),
    }
