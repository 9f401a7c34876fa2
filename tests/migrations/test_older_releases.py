"""Steps leave the release before them able to work, and say whom they have wait meanwhile.

While processes are replaced one by one, older ones work on the newer schema. `squawk` judges what
the steps say to PostgreSQL.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from sqlalchemy import Connection, event

from adapters.migrations.runner import upgrade
from adapters.sql.database import EVERYBODY
from tests.docs.documents import ROOT
from tests.migrations.starting import opened

pytestmark = pytest.mark.anyio

SQUAWK = Path(sys.executable).parent / "squawk"
GUIDE = ROOT / "docs/guides/upgrades.md"

# A matter of taste, or done for all steps alike by whoever takes them.
NOT_ASKED = (
    "prefer-text-field",
    "prefer-bigint-over-int",
    "require-lock-timeout",
    "require-statement-timeout",
)
# Writers, or everybody, wait for the table until the step is done; nothing breaks.
HAVE_OTHERS_WAIT = {
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
    "constraint-missing-not-valid",
    "constraint-missing-valid",
    "adding-foreign-key-constraint",
}
# Nothing breaks either: what is swapped for a wider one, and what may be left out from then on.
WIDENS = {"ban-drop-constraint", "ban-drop-not-null"}

HAD_TO_WAIT: Mapping[str, set[str]] = {
    "0006": {"resources", "bookings"},
    "0008": {"pools", "resources"},
    "0011": {"bookings"},
    "0017": {"claims"},
    "0018": {"resources"},
    "0021": {"api_keys"},
    "0022": {"event_log"},
    "0027": {"resources"},
    "0034": {"payments"},
    "0035": {"payments"},
    "0037": {"event_log"},
    "0040": {"calls"},
    "0046": {"imports"},
    "0049": {"gift_credits"},
    "0053": {"sites"},
    "0059": {"calls"},
    "0063": {"imports"},
    "0069": {"calls"},
    "0071": {"bookings", "event_log"},
    "0072": {"phone_numbers"},
    "0073": {"quotations"},
    "0074": {"calls"},
    "0078": {"booking_facts"},
    "0075": {"rate_limits"},
    "0081": {"booking_facts", "booking_days"},
}
"""By step. Whoever adds one says so here and in the guide, or takes the step in a way that has
nobody wait: a new table, a column that may be empty."""

ON = re.compile(
    r"(?:ALTER TABLE (?:ONLY )?|CREATE (?:UNIQUE )?INDEX (?P<index>\w+) ON )(?P<table>\w+)"
)
DROPS = re.compile(r"DROP INDEX (\w+)")
TAKEN = re.compile(r"(?:alembic_version SET version_num|alembic_version \(version_num\) VALUES)")
CHANGES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "GRANT", "REVOKE", "DO")

BREAK = {
    "a column is gone": "ALTER TABLE bookings DROP COLUMN state",
    "a table is gone": "DROP TABLE bookings",
    "a column has another name": "ALTER TABLE bookings RENAME COLUMN state TO status",
    "a table has another name": "ALTER TABLE bookings RENAME TO reservations",
    "a column is of another type": "ALTER TABLE bookings ALTER COLUMN version TYPE bigint",
    "whoever does not know it cannot write": "ALTER TABLE bookings ADD COLUMN of text NOT NULL",
    "what was left out must be said": "ALTER TABLE bookings ALTER COLUMN email SET NOT NULL",
}


@pytest.fixture
async def statements(postgres_url: str) -> Mapping[str, Sequence[str]]:
    """What the steps say, by step."""
    by_step: dict[str, list[str]] = {}
    waiting: list[str] = []

    def listen(_connection: Connection, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if TAKEN.search(statement):
            step = re.findall(r"'(\d{4})'", statement) or [str(one) for one in given]
            by_step[step[0]] = list(waiting)
            waiting.clear()
        elif statement.lstrip().upper().startswith(CHANGES):
            waiting.append(" ".join(statement.split()).rstrip(";"))

    database = opened(postgres_url)
    event.listen(database.engine, "before_cursor_execute", listen)
    await database.write(upgrade, of=EVERYBODY)
    await database.close()
    return by_step


def judged(scripts: Mapping[str, Iterable[str]], folder: Path) -> Sequence[Mapping[str, Any]]:
    """What squawk has found, each with its step and the statement."""
    files = {str(folder / f"{name}.sql"): name for name in scripts}
    lines = {name: list(script) for name, script in scripts.items()}
    for file, name in files.items():
        Path(file).write_text("".join(f"{statement};\n" for statement in lines[name]))
    asked = [str(SQUAWK), *files, "--reporter=Json", "--pg-version=15", "--assume-in-transaction"]
    asked += [f"--exclude={','.join(NOT_ASKED)}"]
    told = run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603  (our own)
    return [
        {**found, "step": (step := files[found["file"]]), "said": lines[step][found["line"]]}
        for found in json.loads(told)
    ]


def tables(found: Mapping[str, Any], indexes: Mapping[str, str]) -> str:
    dropped = DROPS.match(found["said"])
    if dropped:
        return indexes[dropped[1]]
    altered = ON.match(found["said"])
    assert altered, found
    return altered["table"]


async def test_no_step_breaks_what_older_releases_do(
    statements: Mapping[str, Sequence[str]], tmp_path: Path
) -> None:
    wait: dict[str, set[str]] = defaultdict(set)
    indexes = {
        made["index"]: made["table"]
        for said in statements.values()
        for made in map(ON.match, said)
        if made and made["index"]
    }

    for found in judged(statements, tmp_path):
        assert found["rule_name"] in HAVE_OTHERS_WAIT | WIDENS, found
        if found["rule_name"] in HAVE_OTHERS_WAIT:
            wait[found["step"]].add(tables(found, indexes))

    assert len(statements) > 60
    assert wait == HAD_TO_WAIT


@pytest.mark.parametrize("breaks", BREAK)
def test_a_step_that_breaks_older_releases_is_found(breaks: str, tmp_path: Path) -> None:
    [found] = judged({"0099": [BREAK[breaks]]}, tmp_path)

    assert found["rule_name"] not in HAVE_OTHERS_WAIT | WIDENS


def test_the_guide_says_who_has_to_wait() -> None:
    rows = re.findall(r"^\| (\d{4}) \| (.+?) \|", GUIDE.read_text(), re.MULTILINE)
    told = {step: set(re.findall(r"`(\w+)`", names)) for step, names in rows}

    assert told == HAD_TO_WAIT
