"""The keys of personal data as a secret that the program keeps itself."""

from adapters.sealing.vault import PersonalKeys
from application.kernel.secrets import NoSuchSecret, Secret, SecretVault
from entrypoints.wiring.ambient import random_bytes

NAME = "personal-keys"


def renew(vault: SecretVault) -> str:
    """A new key before those there are, or the first ones. The id of the new key."""
    try:
        keys = PersonalKeys.read(vault.get(NAME).value).renewed(random_bytes)
    except NoSuchSecret:
        keys = PersonalKeys.new(random_bytes)
    vault.put(NAME, Secret(keys.text))
    return keys.ring.current.id


def forget_old(vault: SecretVault) -> None:
    """All but the newest, and the one that people are found by."""
    keys = PersonalKeys.read(vault.get(NAME).value)
    vault.put(NAME, Secret(PersonalKeys(keys.ring.only(), keys.index).text))
