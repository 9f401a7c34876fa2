"""Settings of reports that are made into files."""

from datetime import timedelta

import attrs

from entrypoints.wiring.model_settings import ModelSettings
from entrypoints.wiring.options import number, option


@attrs.frozen(kw_only=True)
class ReportSettings(ModelSettings):
    """The lines about how long files are kept, and how long links lead to them."""

    export_days: int = option(
        number(1, 365), 7, "For how many days the file of an export is kept."
    )
    download_link_minutes: int = option(
        number(1, 10_080), 60, "For how many minutes a link to such a file is good."
    )
    mailed_file_bytes: int = option(
        number(0, 10_000_000),
        1_000_000,
        "Up to how many bytes the file of a report is attached to the mail; of a larger one there "
        "is a link in it.",
    )
    mailed_link_hours: int = option(
        number(1, 720), 72, "For how many hours such a link is good, if the file is kept as long."
    )

    @property
    def mailed_links_last(self) -> timedelta:
        return timedelta(hours=self.mailed_link_hours)

    @property
    def exports_kept_for(self) -> timedelta:
        return timedelta(days=self.export_days)

    @property
    def download_links_last(self) -> timedelta:
        return timedelta(minutes=self.download_link_minutes)
