"""Settings of what the program tells about its own work."""

from importlib.metadata import PackageNotFoundError, distribution

import attrs

from entrypoints.wiring.options import BadSetting, choice, number, option, text
from entrypoints.wiring.resilience_settings import ResilienceSettings

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("auto", "json", "text")
CONSOLES = ("none", "console")
TRACES = (*CONSOLES, "otlp")


def _trace(value: str) -> str:
    chosen: str = choice(*TRACES)(value)
    if chosen == "otlp":
        _find_exporter()
    return chosen


def _find_exporter() -> None:
    try:
        distribution("opentelemetry-exporter-otlp-proto-http")
    except PackageNotFoundError:
        raise BadSetting("needs an exporter: pip install 'frontdesk[otlp]'") from None


@attrs.frozen(kw_only=True)
class TelemetrySettings(ResilienceSettings):
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
        _trace,
        "none",
        "Where OpenTelemetry spans go, one for every request, use case, job and statement: "
        "`console` is standard error, `otlp` a collector (with the extra `otlp`).",
    )
    trace_url: str = option(
        text(8, 2000), "http://127.0.0.1:4318/v1/traces", "The collector, for OTLP over HTTP."
    )
    trace_percent: int = option(
        number(0, 100), 100, "How many traces of a hundred are recorded, chosen by their ids."
    )

    @property
    def slow_statement(self) -> float:
        return self.slow_statement_milliseconds / 1000

    @property
    def trace_share(self) -> float:
        return self.trace_percent / 100
