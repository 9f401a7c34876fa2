"""Secrets in variables: `smtp-password` is `FRONTDESK_SECRET_SMTP_PASSWORD`."""

from collections.abc import Mapping, Sequence

import attrs

from application.kernel.secrets import NAME, NoSuchSecret, Secret, Secrets, must_be_a_name

VARIABLE = "FRONTDESK_SECRET_"


@attrs.frozen
class EnvironmentSecrets(Secrets):
    environment: Mapping[str, str] = attrs.field(repr=False)

    def get(self, name: str, /) -> Secret:
        must_be_a_name(name)
        value = self.environment.get(VARIABLE + name.upper().replace("-", "_"))
        if not value:
            raise NoSuchSecret(name)
        return Secret(value)

    def names(self) -> Sequence[str]:
        given = [
            variable.removeprefix(VARIABLE).lower().replace("_", "-")
            for variable, value in self.environment.items()
            if variable.startswith(VARIABLE) and value
        ]
        return sorted(name for name in given if NAME.fullmatch(name))
