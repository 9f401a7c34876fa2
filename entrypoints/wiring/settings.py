"""Settings: read once from the environment, checked, then only passed on."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import attrs

from entrypoints.wiring.options import (
    BadSetting,
    BadSettings,
    Problems,
    choice,
    flag,
    is_secret,
    number,
    option,
    path,
    prefix,
    read,
    read_secrets,
    secret_option,
    sensitive_option,
    text,
)
from entrypoints.wiring.secrets import SecretPlaces, personal_keys, secrets_of, source_of
from entrypoints.wiring.sensitive import Sensitive
from entrypoints.wiring.telemetry_settings import TelemetrySettings

SECURITIES = ("starttls", "tls", "none")

POSTGRES = "postgresql+asyncpg://"


def _database_url(value: str) -> str:
    for spelling in ("postgres://", "postgresql://", POSTGRES):
        if value.startswith(spelling):
            return POSTGRES + value.removeprefix(spelling)
    if value.startswith("sqlite:///"):
        return value
    raise BadSetting("must begin with postgresql:// or sqlite:///")


def _redis_url(value: str) -> str:
    if not value.startswith(("redis://", "rediss://")):
        raise BadSetting("must begin with redis:// or rediss://")
    return value


@attrs.frozen(kw_only=True)
class Settings(TelemetrySettings):
    """Every option there is; `docs/configuration.md` is made from these lines."""

    data_dir: Path = option(
        path, Path(".frontdesk"), "Where the embedded profile keeps its files."
    )
    secrets_dir: Path | None = option(
        path, None, "Folder of mounted files, one for each secret, such as `/run/secrets`."
    )
    secrets_file: Path | None = option(
        path, None, "The encrypted file of secrets; by default `secrets` in the data directory."
    )
    secrets_key_file: Path | None = option(
        path, None, "Its keys; by default `secrets.keys` in the data directory."
    )
    secrets_keys: Sensitive | None = sensitive_option(
        text(40, 10_000),
        "The keys of that file themselves, `id:base64`, the current one first. Then there is no "
        "file of keys, and whoever sets this adds new ones.",
    )
    personal_keys: Sensitive | None = sensitive_option(
        personal_keys,
        "What bookings are sealed with as far as they say who booked, see `frontdesk "
        "personal-keys`. The same for every process; without it they are stored as they are.",
    )
    database_url: str | None = secret_option(
        _database_url,
        "`postgresql://user:password@host:5432/name`, or `sqlite:///path/to/file.db`. "
        "Without it, an SQLite file in the data directory.",
    )
    database_owner_url: str | None = secret_option(
        _database_url,
        "The same database on PostgreSQL, as the owner of its tables: for `frontdesk migrate` and "
        "`frontdesk verify`. Whoever serves must own nothing.",
    )
    database_writers: int = option(
        number(1, 1000),
        8,
        "Units of work that a process runs at once on PostgreSQL; others wait their turn. With "
        "several processes on one machine, fewer each.",
    )
    database_pool_size: int = option(number(1, 1000), 10, "Connections kept open to PostgreSQL.")
    database_pool_overflow: int = option(
        number(0, 1000), 20, "Further connections under load, closed when they are idle."
    )
    database_pool_recycle_seconds: int = option(
        number(1, 86_400), 3600, "Age at which a connection is replaced."
    )
    database_statement_seconds: int = option(
        number(1, 3600),
        15,
        "The longest a statement may run on PostgreSQL. A server that is silent for 5 seconds "
        "more is given up, and asked again over another connection.",
    )
    database_lock_seconds: int = option(
        number(1, 600), 5, "The longest a statement may wait for a lock on PostgreSQL."
    )
    database_idle_seconds: int = option(
        number(1, 600), 5, "The longest a transaction may sit idle before PostgreSQL ends it."
    )
    allow_unsafe_database: bool = option(
        flag,
        default=False,
        help="Start even if the server's `fsync`, `full_page_writes` or `synchronous_commit` is "
        "off and it may forget acknowledged bookings, or as a user whom it shows every "
        "organization's rows. For tests only.",
    )
    redis_url: str | None = secret_option(
        _redis_url,
        "What is asked is counted there, for all processes together; without it, in the database.",
    )
    realtime_sockets_per_key: int = option(
        number(1, 100_000), 100, "Sockets that one API key may have open in a process."
    )
    realtime_sockets_per_member: int = option(number(1, 1000), 10, "The same for a member.")
    realtime_rooms_per_socket: int = option(
        number(1, 10_000), 100, "Rooms that a socket may be in."
    )
    realtime_queue: int = option(
        number(10, 100_000),
        500,
        "Messages that may wait for one socket; whoever takes them more slowly is sent away.",
    )
    realtime_message_bytes: int = option(
        number(256, 1_000_000), 16_384, "The largest message that is taken from a socket."
    )
    realtime_messages_per_second: int = option(
        number(1, 10_000), 20, "Messages a second that are taken from a socket."
    )
    realtime_silence_seconds: int = option(
        number(1, 3600), 60, "A socket that says nothing for so long is closed."
    )
    realtime_poll_milliseconds: int = option(
        number(10, 60_000),
        100,
        "How often a process with sockets looks for news it was not told of.",
    )
    import_hands: int = option(number(1, 32), 4, "How many chunks of an import are taken at once.")
    crawl_processes: int = option(number(0, 64), 2, "Processes that take crawled pages apart.")
    embedding_model: Path | None = option(
        path,
        None,
        "Folder with `model.onnx` and `tokenizer.json`: questions about documentation are then "
        "searched by what they mean as well (needs the extra `semantic`).",
    )
    embedding_milliseconds: int = option(
        number(10, 10_000), 200, "How long a question may take the model."
    )
    hold_minutes: int = option(
        number(1, 10_080), 15, "How long a hold lasts before it may expire."
    )
    hold_minutes_at_most: int = option(
        number(1, 10_080), 60, "How long a hold may last in all, with every extension."
    )
    refund_alone_up_to_minor: int = option(
        number(0, 10**12),
        50_000,
        "Up to so many minor units, whoever asks for a refund may approve it alone.",
    )
    inquiry_hours: int = option(
        number(1, 336), 24, "How long an inquiry is held for a customer to make up their mind."
    )
    approval_hours: int = option(
        number(1, 336), 24, "How long what is sold on request is held until somebody approves."
    )
    offer_hours: int = option(
        number(1, 336), 24, "How long a place is held for whoever was waiting for it."
    )
    waiting_passes: int = option(
        number(0, 100),
        3,
        "How often smaller parties may pass a larger one on a waiting list before units are "
        "saved up for it.",
    )
    waiting_saved_hours: int = option(
        number(1, 1000), 48, "How long units are saved up for a party at the most."
    )
    quote_minutes: int = option(number(1, 10_080), 30, "How long a quoted price is good.")
    promise_minutes: int = option(
        number(1, 1440), 15, "How long the quoted price of a change or a cancellation is good."
    )
    reference_prefix: str = option(prefix, "FD", "Two to four letters before booking references.")
    worker_poll_milliseconds: int = option(
        number(10, 60_000), 200, "How often the worker looks for events and jobs."
    )
    worker_grace_seconds: int = option(
        number(0, 600), 20, "How long a stopping worker waits for running jobs."
    )
    link_secret: Sensitive | None = sensitive_option(
        text(32, 255),
        "What links to inquiries are signed with, the same for every process. On SQLite one is "
        "made and kept beside the database; on PostgreSQL there are no inquiries without it.",
    )
    link_secret_before: Sensitive | None = sensitive_option(
        text(32, 255), "What they were signed with before; those links still open."
    )
    mail_from: str = option(
        text(3, 254), "Frontdesk <frontdesk@localhost>", "Sender of e-mail to customers."
    )
    mail_dir: Path | None = option(
        path,
        None,
        "Folder for e-mail while no SMTP host is set; by default in the data directory.",
    )
    smtp_host: str | None = option(text(1, 255), None, "Send e-mail through this host.")
    smtp_port: int = option(number(1, 65_535), 587, "Port of the SMTP host.")
    smtp_security: str = option(choice(*SECURITIES), "starttls", "How the connection is secured.")
    smtp_user: str | None = option(text(1, 255), None, "User to sign in as.")
    smtp_password: Sensitive | None = sensitive_option(text(1, 255), "Password of that user.")
    fonts_dir: Path | None = option(
        path,
        None,
        "Folder of further fonts for papers: those that come along write Latin, Greek and "
        "Cyrillic letters, and neither Chinese, Japanese, Korean nor Thai ones.",
    )
    key_cache_seconds: int = option(
        number(0, 3600),
        300,
        "How long a process may remember whose an API key is. One that is revoked or changed is "
        "forgotten at once, everywhere. 0 asks the database at every request.",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises BadSettings, which names every variable that cannot be used."""
        plain, problems = cls._plain(environment)
        secrets = secrets_of(plain.secret_places, environment)
        hidden = [field for field in attrs.fields(cls) if is_secret(field)]
        values, more = read_secrets(hidden, lambda name: source_of(name, environment, secrets))
        if problems or more:
            raise BadSettings({**problems, **more})
        return attrs.evolve(plain, **values)

    @classmethod
    def without_secrets(cls, environment: Mapping[str, str]) -> "Settings":
        """For whoever is about to set them. Raises BadSettings."""
        plain, problems = cls._plain(environment)
        if problems:
            raise BadSettings(problems)
        return plain

    @classmethod
    def _plain(cls, environment: Mapping[str, str]) -> tuple["Settings", Problems]:
        shown = [field for field in attrs.fields(cls) if not is_secret(field)]
        values, problems = read(shown, environment)
        return cls(**values), problems

    @property
    def secret_places(self) -> SecretPlaces:
        return SecretPlaces(
            folder=self.secrets_dir,
            file=self.secrets_file or self.data_dir / "secrets",
            key_file=self.secrets_key_file or self.data_dir / "secrets.keys",
        )

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir}/frontdesk.db"

    @property
    def owning_url(self) -> str | None:
        """Of whoever owns the tables; nobody does on SQLite, where writers take turns."""
        return self.database_owner_url or (None if self.on_sqlite else self.url)

    @property
    def on_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def sqlite_folder(self) -> Path:
        """Where the database file lies; only of use on SQLite."""
        return Path(self.url.removeprefix("sqlite:///")).parent

    @property
    def outgoing_mail_dir(self) -> Path:
        return self.mail_dir or self.data_dir / "mail"

    @property
    def keep_keys_for(self) -> timedelta:
        return timedelta(seconds=self.key_cache_seconds)

    @property
    def promises_good_for(self) -> timedelta:
        return timedelta(minutes=self.promise_minutes)

    @property
    def quotes_good_for(self) -> timedelta:
        return timedelta(minutes=self.quote_minutes)
