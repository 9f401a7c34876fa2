"""Settings of documentation: what is fetched from elsewhere, and what is asked of it."""

import re
from datetime import timedelta
from pathlib import Path

import attrs

from entrypoints.wiring.options import BadSetting, number, option, path
from entrypoints.wiring.report_settings import ReportSettings

HOST = re.compile(r"([a-z0-9_.-]{1,253}|\[[0-9a-f:]+\]):[0-9]{1,5}")


def _hosts(value: str) -> frozenset[str]:
    hosts = frozenset(host.strip().lower() for host in value.split(","))
    if not all(HOST.fullmatch(host) for host in hosts):
        raise BadSetting("must be hosts with ports such as docs.lan:80, with commas between")
    return hosts


@attrs.frozen(kw_only=True)
class OutsideSettings(ReportSettings):
    """The lines about what is inside, and how long questions are kept."""

    internal_hosts: frozenset[str] = option(
        _hosts,
        frozenset(),
        "Hosts within your network that documentation may be read from, such as `docs.lan:80`, "
        "with commas between them. Any others there are out of reach, whatever they are called.",
    )
    source_files_dir: Path | None = option(
        path,
        None,
        "Folder in which each organization's SQLite files lie, to be read as data sources, in a "
        "folder that is called like the organization's id without hyphens.",
    )
    question_days: int = option(
        number(1, 3650), 90, "For how many days it is kept what was asked of documentation."
    )

    @property
    def questions_kept_for(self) -> timedelta:
        return timedelta(days=self.question_days)
