"""Settings of what is fetched from elsewhere."""

import re

import attrs

from entrypoints.wiring.model_settings import ModelSettings
from entrypoints.wiring.options import BadSetting, option

HOST = re.compile(r"([a-z0-9_.-]{1,253}|\[[0-9a-f:]+\]):[0-9]{1,5}")


def _hosts(value: str) -> frozenset[str]:
    hosts = frozenset(host.strip().lower() for host in value.split(","))
    if not all(HOST.fullmatch(host) for host in hosts):
        raise BadSetting("must be hosts with ports such as docs.lan:80, with commas between")
    return hosts


@attrs.frozen(kw_only=True)
class OutsideSettings(ModelSettings):
    """The line about what is inside."""

    internal_hosts: frozenset[str] = option(
        _hosts,
        frozenset(),
        "Hosts within your network that documentation may be read from, such as `docs.lan:80`, "
        "with commas between them. Any others there are out of reach, whatever they are called.",
    )
