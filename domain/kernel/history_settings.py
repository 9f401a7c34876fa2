"""What an organization may set for how long it is told of what is past."""

from domain.kernel.settings import Setting, SettingType, anything, between

LONGEST = 3650


def _days(key: str, default: int, description: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category="histories",
        description=description,
        default=default,
        rule=between(1, LONGEST),
    )


def _archived(key: str, whats: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.BOOLEAN,
        category="histories",
        description=f"Whether {whats} is archived before it is forgotten.",
        default=False,
        rule=anything,
    )


HISTORY_SETTINGS = (
    _days(
        "histories.source_days",
        90,
        "For how many days it is kept how data sources answered when they were asked.",
    ),
    _archived("histories.source_archived", "how data sources answered"),
    _days(
        "histories.report_days",
        365,
        "For how many days it is kept what came of reports that were to be sent.",
    ),
    _archived("histories.report_archived", "what came of reports"),
    _days(
        "histories.run_days",
        90,
        "For how many days it is kept what runs of pipelines logged, runs that brought nothing "
        "new, and which rows imports refused.",
    ),
    _archived("histories.run_archived", "what came of runs of pipelines and of imports"),
    _days(
        "histories.event_days",
        90,
        "For how many days an event that was taken is known by its id. Posted again after that, "
        "it is another.",
    ),
    _archived("histories.event_archived", "which events were taken"),
    _days(
        "histories.telemetry_days",
        30,
        "For how many days it is kept what programs measured, logged and traced.",
    ),
    _days(
        "histories.archive_days",
        2555,
        "For how many days archives of histories are kept, whatever the tier.",
    ),
)
