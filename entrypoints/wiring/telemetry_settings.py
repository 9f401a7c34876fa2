"""Settings of what the program tells about its own work."""

import attrs

from entrypoints.wiring.options import choice, number, option, text
from entrypoints.wiring.outside_settings import OutsideSettings

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("auto", "json", "text")
CONSOLES = ("none", "console")


@attrs.frozen(kw_only=True)
class TelemetrySettings(OutsideSettings):
    """The lines about logs, figures and traces."""

    log_level: str = option(choice(*LOG_LEVELS), "INFO", "How much to log.")
    log_format: str = option(
        choice(*LOG_FORMATS),
        "auto",
        "A line of JSON an event, or text for people; `auto` is text on a terminal.",
    )
    metrics: str = option(
        choice(*CONSOLES),
        "none",
        "Where OpenTelemetry figures go, once a minute; `console` is standard error.",
    )
    metrics_port: int = option(
        number(0, 65_535),
        0,
        "Port of the page of figures for Prometheus, apart from the API; 0 is none. `serve` and "
        "`worker` on one host need one each.",
    )
    metrics_host: str = option(
        text(1, 255), "127.0.0.1", "Address of that page. It asks nobody who they are."
    )
    slow_statement_milliseconds: int = option(
        number(1, 60_000), 100, "An SQL statement that takes longer is logged and counted."
    )
    trace: str = option(
        choice(*CONSOLES),
        "none",
        "Where OpenTelemetry spans go, one for every use case; `console` is standard error.",
    )

    @property
    def slow_statement(self) -> float:
        return self.slow_statement_milliseconds / 1000

    @property
    def are_figures_told(self) -> bool:
        return self.metrics != "none" or self.metrics_port != 0
