"""What personal data is sealed with."""

from adapters.sealing.vault import PersonalKeys, Vault
from entrypoints.wiring.ambient import random_bytes
from entrypoints.wiring.settings import Settings


def vault_of(settings: Settings) -> Vault:
    """Its keys are asked for whenever they are needed: new ones are found without restart."""
    given = settings.personal_keys
    if given is None:
        return Vault(keys=lambda: None, random_bytes=random_bytes)
    return Vault(keys=lambda: PersonalKeys.read(given()), random_bytes=random_bytes)
