"""What is kept of things long done, for as long as an organization says."""

from enum import Enum


class History(Enum):
    """The values are what archives of them are called."""

    SOURCE_ATTEMPTS = "source_attempts"
    REPORT_RUNS = "report_runs"
    RUN_NOTES = "run_notes"
    PIPELINE_RUNS = "pipeline_runs"
    IMPORT_REFUSALS = "import_refusals"
    POSTED_EVENTS = "posted_events"
    MEASUREMENTS = "measurements"
    LOG_LINES = "log_lines"
    SPANS = "spans"

    @property
    def days_setting(self) -> str:
        """What says for how many days it is kept."""
        return f"histories.{_SETTINGS[self]}_days"

    @property
    def archived_setting(self) -> str | None:
        """What says whether it is archived before it is forgotten; None if it never is."""
        return None if self in TELEMETRY else f"histories.{_SETTINGS[self]}_archived"


TELEMETRY = (History.MEASUREMENTS, History.LOG_LINES, History.SPANS)
_SETTINGS = {
    History.SOURCE_ATTEMPTS: "source",
    History.REPORT_RUNS: "report",
    History.RUN_NOTES: "run",
    History.PIPELINE_RUNS: "run",
    History.IMPORT_REFUSALS: "run",
    History.POSTED_EVENTS: "event",
    **dict.fromkeys(TELEMETRY, "telemetry"),
}
