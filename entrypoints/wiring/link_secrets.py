"""The secret that links are signed with: given, or made once and kept beside the database."""

from collections.abc import Callable, Sequence

from entrypoints.wiring.kept_secrets import kept_secret
from entrypoints.wiring.settings import Settings

FILE = "link-secret"


LinkSecrets = Callable[[], Sequence[bytes]]


def link_secrets(settings: Settings, new_secret: Callable[[], bytes]) -> LinkSecrets:
    """The one that signs, and then what did before. None if there are no links.

    On SQLite there is one machine, which can keep its own; PostgreSQL has to be told.
    """
    if settings.link_secret is not None:
        given = [settings.link_secret, settings.link_secret_before]
        return lambda: [secret().encode() for secret in given if secret is not None]
    if not settings.on_sqlite:
        return lambda: ()
    kept = kept_secret(settings.sqlite_folder / FILE, new_secret)
    return lambda: (kept(),)
