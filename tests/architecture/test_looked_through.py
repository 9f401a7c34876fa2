"""Whoever asks about all organizations at once asks tables that the program may look through.

PostgreSQL's wall answers for the others that there is nothing, and nobody would notice.
"""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from sqlalchemy import Table

from adapters.sql.wall import LOOKED_THROUGH

ROOT = Path(__file__).parents[2]
FOLDERS = ("adapters/readers", "adapters/repositories")
# Verification asks as the owner, before whom there is no wall.
OWNERS = "verification"


def asked(source: str, tables: Mapping[str, str]) -> Iterator[str]:
    """Tables, by what they are called there, that are used where everybody is asked about."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            if "EVERYBODY" in names:
                yield from (tables[name] for name in names & tables.keys())


def tables_of(file: Path) -> Mapping[str, str]:
    module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return {name: value.name for name, value in vars(module).items() if isinstance(value, Table)}


def test_what_is_asked_about_everybody_is_looked_through() -> None:
    found = {
        (table, str(file.relative_to(ROOT)))
        for folder in FOLDERS
        for file in (ROOT / folder).glob("*.py")
        if not file.name.startswith(OWNERS)
        for table in asked(file.read_text(), tables_of(file))
    }

    assert {(table, file) for table, file in found if table not in LOOKED_THROUGH} == set()
    assert {"bookings", "gift_credits", "sites"} <= {table for table, _ in found}


def test_the_rule_reads_what_it_should() -> None:
    source = """
def one(database):
    return database.read(select(papers), of=EVERYBODY)

async def other(database):
    return await database.read(select(notes), of=organization_id)
"""
    assert [*asked(source, {"papers": "papers", "notes": "notes"})] == ["papers"]
