"""Settings of people and their sessions."""

from datetime import timedelta

import attrs

from domain.identity.sessions import SessionLimits
from entrypoints.wiring.edge_settings import EdgeSettings
from entrypoints.wiring.options import choice, number, option, text

REGISTRATION = ("closed", "open")


@attrs.frozen(kw_only=True)
class PeopleSettings(EdgeSettings):
    """The lines about who may come, and for how long."""

    registration: str = option(
        choice(*REGISTRATION),
        "closed",
        "Whether anybody may register an organization, or only whoever runs the command line.",
    )
    account_page: str | None = option(
        text(8, 200),
        None,
        "Page of yours that links in letters to members lead to, with `#invitation=`, `#reset=` "
        "or `#email=` and the token behind it. Without one, letters show the token itself.",
    )
    session_idle_minutes: int = option(
        number(5, 43_200), 60, "A session that is not used for so long ends."
    )
    session_hours: int = option(
        number(1, 720), 12, "However much it is used, a session ends then."
    )
    session_recent_minutes: int = option(
        number(1, 1440),
        10,
        "How long ago the password may have been shown for what is sensitive, such as roles, "
        "API keys and one's own address.",
    )

    @property
    def session_limits(self) -> SessionLimits:
        return SessionLimits(
            idle=timedelta(minutes=self.session_idle_minutes),
            longest=timedelta(hours=self.session_hours),
            recent=timedelta(minutes=self.session_recent_minutes),
        )

    @property
    def registration_is_open(self) -> bool:
        return self.registration == "open"
