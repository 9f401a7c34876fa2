"""Which secrets a data source may be reached with: those of its organization, by their names."""

import attrs

from application.kernel.secrets import NoSuchSecret, Secret, Secrets
from application.pipelines.connecting import Origin, SourceRefused
from domain.kernel.identifiers import OrganizationId


def full_name(owner: OrganizationId, name: str) -> str:
    """What the operator keeps it as: nobody can name a secret of others, nor of the program."""
    return f"source-{owner.hex}-{name}"


@attrs.frozen
class Credentials:
    secrets: Secrets

    def of(self, origin: Origin, purpose: str) -> Secret | None:
        """None if the source says nothing of it. Raises SourceRefused if it is not kept."""
        name = origin.connection.credentials.get(purpose)
        if name is None:
            return None
        try:
            return self.secrets.get(full_name(origin.organization_id, name))
        except NoSuchSecret:
            raise SourceRefused("no_such_secret") from None
