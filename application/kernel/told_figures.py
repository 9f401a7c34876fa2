"""Every figure there is; `docs/metrics.md` is made from these lines."""

from application.kernel.figures import Counter, Figure, Gauge, Histogram

STATEMENTS = (0, 1, 2, 3, 5, 8, 13, 20, 30, 50, 100)
DATABASE_TIMES = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10)
DELAYS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300)
JOB_TIMES = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800)

# What is served.
REQUESTS = Histogram(
    name="http.server.request.duration",
    unit="s",
    labels=("http.request.method", "http.route", "http.response.status_code"),
    help="How long requests took, by the template of their route.",
)
REQUEST_STATEMENTS = Histogram(
    name="frontdesk.http.request.statements",
    labels=("http.route",),
    bounds=STATEMENTS,
    help="How many SQL statements a request took.",
)
USE_CASES = Counter(
    name="frontdesk.use_cases",
    labels=("use_case", "outcome"),
    help="Runs of use cases: done, replayed, cancelled, failed, or refused:<code>.",
)
ERRORS = Counter(
    name="frontdesk.errors",
    labels=("category", "severity", "error.type", "logger"),
    help="What was logged as a warning or worse.",
)
SOCKETS = Gauge(name="frontdesk.sockets", adds_up=True, help="Sockets that are open.")
SOCKETS_CLOSED = Counter(
    name="frontdesk.sockets.closed",
    labels=("reason",),
    help="Sockets that ended, by the code they were closed with: 4431 took messages too slowly.",
)

# The database.
QUERIES = Histogram(
    name="db.client.operation.duration",
    unit="s",
    labels=("db.system.name", "db.operation.name"),
    bounds=DATABASE_TIMES,
    help="How long SQL statements took.",
)
SLOW_QUERIES = Counter(
    name="frontdesk.db.slow_statements",
    labels=("db.operation.name", "db.collection.name"),
    help="Statements over `FRONTDESK_SLOW_STATEMENT_MILLISECONDS`; each is logged.",
)
QUERY_ERRORS = Counter(
    name="frontdesk.db.errors",
    labels=("error.type",),
    help="Statements that failed, by the database's code, or `disconnected`.",
)
CONNECTIONS = Gauge(
    name="db.client.connection.count",
    labels=("db.client.connection.state",),
    adds_up=True,
    help="Connections of the pool that are used or idle.",
)
MOST_CONNECTIONS = Gauge(
    name="db.client.connection.max",
    adds_up=True,
    help="Connections that the pool may have at the most.",
)
TRANSACTION_AGE = Gauge(
    name="frontdesk.db.transaction.age",
    unit="s",
    help="How long the transaction that is open longest on PostgreSQL has been.",
)
NUMBERS_USED = Gauge(
    name="frontdesk.db.transaction.numbers",
    help="How many numbers of transactions PostgreSQL's oldest row is behind, of two milliards.",
)
REPLICA_BEHIND = Gauge(
    name="frontdesk.db.replica.behind",
    unit="s",
    help="How far the last of PostgreSQL's replicas is behind; told to members of pg_monitor.",
)

# What it is there for.
FACTS = Counter(
    name="frontdesk.facts",
    labels=("fact",),
    help="Facts of the event log as the worker numbers them: what the business did.",
)
FACT_DELAY = Histogram(
    name="frontdesk.facts.delay",
    unit="s",
    bounds=DELAYS,
    help="From when a fact happened until the worker numbered it for all who hear of it.",
)
UNRESOLVED_PAYMENTS = Gauge(
    name="frontdesk.payments.unresolved",
    help="Captured payments of bookings that are not promised, and nothing goes back yet.",
)
UNRESOLVED_AGE = Gauge(
    name="frontdesk.payments.unresolved.age", unit="s", help="How old the oldest of them is."
)
OVERDUE_HOLDS_AGE = Gauge(
    name="frontdesk.holds.overdue.age",
    unit="s",
    help="How long the hold that should have expired first has been overdue.",
)
SCHEDULES_LATE = Gauge(
    name="frontdesk.schedules.late",
    unit="s",
    labels=("schedule",),
    help="How long the first has been due of sites, sources, pipelines, channels or reports.",
)
CRAWLS_QUIET_AGE = Gauge(
    name="frontdesk.crawls.quiet.age",
    unit="s",
    help="For how long nothing was stored of a crawl of which pages are being read.",
)
SYNCS = Counter(
    name="frontdesk.syncs",
    labels=("of", "outcome"),
    help="Times that channels, sources and pipelines asked others, which went_well or failed.",
)
CALLS = Gauge(name="frontdesk.calls.live", help="Calls that have not ended.")
ESCALATIONS = Gauge(
    name="frontdesk.escalations.open", help="Callers who wait for somebody at the desk, or talk."
)

# Work for later.
HEARTBEAT = Gauge(
    name="frontdesk.worker.heartbeat.timestamp",
    unit="s",
    help="When a worker took stock last, as the seconds of Unix time.",
)
WORKER_FAILURES = Counter(
    name="frontdesk.worker.failures", labels=("task",), help="What a worker failed to do."
)
EVENTS_WAITING = Gauge(
    name="frontdesk.events.waiting", help="Events that were committed and are not numbered yet."
)
EVENTS_WAITING_AGE = Gauge(
    name="frontdesk.events.waiting.age", unit="s", help="How long the oldest of them has waited."
)
EVENTS_UNHEARD = Gauge(
    name="frontdesk.events.unheard",
    labels=("subscriber",),
    help="Numbered events that a subscriber has still to hear.",
)
DEAD_LETTERS = Counter(
    name="frontdesk.events.dead_letters",
    labels=("subscriber",),
    help="Events that a subscriber gave up on.",
)
JOBS = Histogram(
    name="frontdesk.job.duration",
    unit="s",
    labels=("job", "outcome"),
    bounds=JOB_TIMES,
    help="Runs of jobs, mail among them: done, dead, or interrupted.",
)
TAKEOVERS = Counter(
    name="frontdesk.jobs.takeovers",
    help="Workers that were gone with jobs undone, which another one has taken over.",
)
JOBS_WAITING = Gauge(
    name="frontdesk.jobs.waiting", help="Jobs that the engine has not been given yet."
)
JOBS_DEAD = Gauge(
    name="frontdesk.jobs.dead",
    help="Jobs that failed for good and wait for a person; at most 1,000.",
)
JOBS_PUT_OFF = Gauge(
    name="frontdesk.jobs.put_off",
    help="Jobs that failed since others are away, and begin again by themselves; at most 1,000.",
)

# What it depends on.
BREAKERS = Gauge(
    name="frontdesk.breakers",
    labels=("breaker",),
    help="0 is closed, 1 half open, 2 open.",
)
BREAKER_CHANGES = Counter(
    name="frontdesk.breaker.changes", labels=("breaker", "state"), help="What breakers became."
)
RETRIES = Counter(
    name="frontdesk.retries",
    labels=("dependency", "outcome"),
    help="Further tries of what failed for a passing reason: again, or given_up.",
)
LOOKUPS = Counter(
    name="frontdesk.cache.lookups",
    labels=("cache", "outcome"),
    help="Looks at what is remembered: hit or miss.",
)

# How it stands.
SCHEMA = Gauge(
    name="frontdesk.schema.current", help="1 if the database has the schema of this release."
)
CLOCK_DIFFERENCE = Gauge(
    name="frontdesk.clock.difference",
    unit="s",
    help="How far the clocks of this host and of the database are apart.",
)
BROKEN = Gauge(
    name="frontdesk.invariants.broken",
    labels=("check",),
    help="Findings of the checks a worker makes by itself, see `frontdesk verify`.",
)
CHECKED_AT = Gauge(
    name="frontdesk.invariants.checked.timestamp",
    unit="s",
    help="When a worker made them last, as the seconds of Unix time.",
)
BACKUP_MADE = Gauge(
    name="frontdesk.backup.timestamp",
    unit="s",
    help="When the newest backup was made, as the seconds of Unix time; 0 if there is none.",
)
BACKUP_TRIED = Gauge(
    name="frontdesk.backup.drill.timestamp",
    unit="s",
    help="When a backup was last restored on trial and found whole; 0 if never.",
)
CERTIFICATE_ENDS = Gauge(
    name="frontdesk.certificate.end.timestamp",
    unit="s",
    help="Until when the certificate at FRONTDESK_PUBLIC_URL holds, as the seconds of Unix time.",
)
DISK_FREE = Gauge(
    name="frontdesk.disk.free", unit="By", help="Room on the disk that FRONTDESK_DATA_DIR is on."
)
CPU = Counter(name="process.cpu.time", unit="s", help="Processor time of the program.")
MEMORY = Gauge(
    name="process.memory.usage", unit="By", adds_up=True, help="Memory the program has in use."
)
PROCESSES = Gauge(name="frontdesk.processes", adds_up=True, help="Processes of the program.")

EVERY_FIGURE: tuple[Figure, ...] = tuple(
    figure for figure in tuple(globals().values()) if isinstance(figure, Figure)
)
