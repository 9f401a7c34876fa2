"""Where secrets are looked for, and how settings refer to them."""

from collections.abc import Mapping
from pathlib import Path

import attrs

from adapters.sealing.keys import BadKeys
from adapters.sealing.vault import PersonalKeys
from adapters.secret_stores.encrypted_file import EncryptedFile
from adapters.secret_stores.environment import EnvironmentSecrets
from adapters.secret_stores.files import MountedSecrets, SecretFile
from adapters.secret_stores.first_found import FirstFound
from adapters.secret_stores.key_rings import GivenKeys, KeyFile
from application.kernel.secrets import Secrets, UnreadableSecrets
from entrypoints.wiring.ambient import random_bytes
from entrypoints.wiring.options import BadSetting
from entrypoints.wiring.sensitive import FILE, Source

REFERENCE = "secret:"
KEYS = "FRONTDESK_SECRETS_KEYS"


@attrs.frozen(kw_only=True)
class SecretPlaces:
    folder: Path | None
    file: Path
    key_file: Path


def encrypted_file(places: SecretPlaces, environment: Mapping[str, str]) -> EncryptedFile:
    given = plain_source(KEYS, environment)
    keys = KeyFile(places.key_file, random_bytes) if given is None else GivenKeys(given)
    return EncryptedFile(path=places.file, keys=keys, random_bytes=random_bytes)


def secrets_of(places: SecretPlaces, environment: Mapping[str, str]) -> Secrets:
    """What the program is started with goes before what it keeps itself."""
    mounted = [] if places.folder is None else [MountedSecrets(places.folder)]
    return FirstFound(
        [EnvironmentSecrets(environment), *mounted, encrypted_file(places, environment)]
    )


def personal_keys(value: str) -> str:
    """As they are. Raises BadSetting."""
    try:
        PersonalKeys.read(value)
    except BadKeys as bad:
        raise BadSetting(str(bad)) from None
    return value


def source_of(name: str, environment: Mapping[str, str], secrets: Secrets) -> Source | None:
    """Raises UnreadableSecrets if the variable is given both by itself and as a file."""
    given = environment.get(name, "").strip()
    if not given.startswith(REFERENCE):
        return plain_source(name, environment)
    referred = given.removeprefix(REFERENCE)
    return lambda: secrets.get(referred).value


def plain_source(name: str, environment: Mapping[str, str]) -> Source | None:
    given = environment.get(name, "").strip()
    file = environment.get(name + FILE, "").strip()
    if given and file:
        raise UnreadableSecrets(f"it is given twice, also as {name}{FILE}")
    if file:
        mounted = SecretFile(Path(file).expanduser())
        return lambda: mounted().value
    return (lambda: given) if given else None
