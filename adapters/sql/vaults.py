"""The vault travels with the connection: whoever may read rows may open them."""

from sqlalchemy import Connection

from adapters.sealing.vault import Vault

OPTION = "vault"

NO_VAULT = Vault(keys=lambda: None, random_bytes=bytes)


def vault_of(connection: Connection) -> Vault:
    vault: Vault = connection.get_execution_options().get(OPTION, NO_VAULT)
    return vault
