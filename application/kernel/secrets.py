"""Where passwords and keys come from."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol

import attrs

NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


class SecretTrouble(Exception):
    """Says what went wrong and with which secret, never what it is."""


class NoSuchSecret(SecretTrouble):
    def __init__(self, name: str) -> None:
        super().__init__(f"there is no secret {name}")


class BadSecretName(SecretTrouble):
    def __init__(self) -> None:
        super().__init__("names of secrets have small letters, digits and hyphens: smtp-password")


class UnreadableSecrets(SecretTrouble):
    """The store is there and cannot be used."""


@attrs.frozen
class Secret:
    """What is secret, kept out of everything that is printed."""

    value: str = attrs.field(repr=False)

    def __str__(self) -> str:
        return "(secret)"


class Secrets(Protocol):
    """Asked anew whenever one is needed: what was changed elsewhere is found without restart."""

    @abstractmethod
    def get(self, name: str, /) -> Secret:
        """Raises NoSuchSecret, BadSecretName or UnreadableSecrets."""

    @abstractmethod
    def names(self) -> Sequence[str]:
        """In alphabetical order."""


class SecretVault(Secrets, Protocol):
    """One that this program keeps itself."""

    @abstractmethod
    def put(self, name: str, secret: Secret, /) -> None: ...

    @abstractmethod
    def remove(self, name: str, /) -> None:
        """Raises NoSuchSecret."""

    @abstractmethod
    def rotate(self) -> str:
        """Everything is kept under a new key from now on; the id of that key.

        The old keys are kept until `forget_old_keys`.
        """

    @abstractmethod
    def forget_old_keys(self) -> Sequence[str]:
        """The ids of the keys that are gone."""


def must_be_a_name(name: str) -> None:
    """Raises BadSecretName: names become parts of files and variables."""
    if not NAME.fullmatch(name):
        raise BadSecretName
