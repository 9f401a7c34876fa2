"""Whether what is stored keeps what the program promises."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from domain.kernel.identifiers import OrganizationId


@attrs.frozen(kw_only=True)
class Finding:
    """A promise found broken: `check` names the promise, `subject` what breaks it."""

    check: str
    organization_id: OrganizationId
    subject: str
    detail: str


class Verification(Protocol):
    """Looks into all organizations, for the people who operate the program."""

    async def __call__(self) -> Sequence[Finding]:
        """Changes nothing and waits for no writer; what writers are amid of is no finding."""
        ...
