"""What the routes of reports are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_reports(container: Container) -> dict[str, Any]:
    reports = container.reports
    schedules: Any = container.reports.schedules
    return {
        "reports": reports.reports(),
        "row_writers": reports.row_writers(),
        "take_report": reports.take_report(),
        "draw_report": reports.draw_report(),
        "export_formats": reports.formats(),
        "export_views": reports.views(),
        "request_export": reports.request_export(),
        "cancel_export": reports.cancel_export(),
        "delete_export": reports.delete_export(),
        "take_export": reports.take_export(),
        "follow_download_link": reports.follow_link(),
        "download_links": reports.download_links(),
        "schedule_views": schedules.views(),
        "add_schedule": schedules.add(),
        "change_schedule": schedules.change(),
        "set_schedule_state": schedules.set_state(),
        "delete_schedule": schedules.delete(),
        "run_schedule": schedules.run(),
    }
