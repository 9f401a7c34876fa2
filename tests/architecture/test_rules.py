"""The house rules catch what they are there to catch, and nothing else."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.architecture import rules

Rule = Callable[[str], list[str]]

in_domain = partial(rules.strangers, allowed=rules.MAY_IMPORT["domain"])
in_application = partial(rules.strangers, allowed=rules.MAY_IMPORT["application"])

BROKEN: list[tuple[Rule, str]] = [
    (rules.too_long, "x = 1\n" * 301),
    (in_domain, "import application.kernel.ports"),
    (in_domain, "from attr import s"),
    (in_domain, "import common"),
    (in_domain, "def late():\n    import os"),
    (in_domain, "from hashlib import sha256"),
    (in_domain, "import urllib.request"),
    (in_domain, "from urllib.request import urlopen"),
    (in_domain, "from . import neighbour"),
    (in_application, "import adapters"),
    (in_application, "from dataclasses import dataclass"),
    (rules.hidden_imports, "import importlib"),
    (rules.hidden_imports, "from importlib import import_module"),
    (rules.hidden_imports, "import importlib.util"),
    (rules.hidden_imports, "engine = __import__('sqlalchemy')"),
    (rules.hidden_imports, "exec('import sqlalchemy')"),
    (rules.awaits, "async def hold(): ..."),
    (rules.awaits, "async def all():\n    async for x in y: ..."),
    (rules.ambience, "from datetime import datetime\nx = datetime.now()"),
    (rules.ambience, "from datetime import datetime as d\nx = d.now()"),
    (rules.ambience, "import datetime as dt\nclock = dt.datetime.utcnow"),
    (rules.ambience, "from datetime import date\nx = date.today()"),
    (rules.ambience, "import time\nx = time.time()"),
    (rules.ambience, "from time import monotonic as tick\nx = tick()"),
    (rules.ambience, "import time\nx = time.perf_counter_ns()"),
    (rules.ambience, "from uuid import uuid4\nid = field(factory=uuid4)"),
    (rules.ambience, "import uuid\nx = uuid.uuid7()"),
    (rules.ambience, "import random\nx = random.choice(y)"),
    (rules.ambience, "from secrets import token_urlsafe"),
    (rules.ambience, "import os\nx = os.urandom(8)"),
    (rules.ambience, "x = get_running_loop().time()"),
    (rules.ambience, "x = type(moment).now()"),
    (rules.ambience, "x = func.now()"),
    (rules.ambience, "x = text('SELECT now ()')"),
    (rules.ambience, "x = f'UPDATE pools SET at = CURRENT_TIMESTAMP WHERE id = {y}'"),
    (rules.ambience, "x = text(\"SELECT datetime('now')\")"),
    (rules.sleeps, "import asyncio\nasync def f():\n    await asyncio.sleep(1)"),
    (rules.sleeps, "from time import sleep"),
    (rules.sleeps, "from anyio import sleep as nap"),
    (rules.loose_values, "class Stay:\n    nights: int"),
    (rules.loose_values, "@attrs.define\nclass Stay: ..."),
    (rules.loose_values, "@dataclass(frozen=True)\nclass Stay: ..."),
    (rules.loose_values, "@attrs.frozen(slots=False)\nclass Stay: ..."),
    (rules.loose_values, "def f():\n    class Stay: ..."),
    (rules.evasions, "from typing import TYPE_CHECKING"),
    (rules.evasions, "import typing\nif typing.TYPE_CHECKING: ..."),
    (rules.evasions, "__all__ = ['Stay']"),
    (rules.evasions, "from domain.bookings import *"),
    (rules.undocumented, "x = 1"),
    (rules.undocumented, "x = 1\n'too late'"),
    (rules.more_than_a_docstring, ""),
    (rules.more_than_a_docstring, "'Bookings.'\nfrom domain.bookings.stays import Stay"),
]

KEPT: list[tuple[Rule, str]] = [
    (rules.too_long, "x = 1\n" * 300),
    (in_domain, "from collections.abc import Sequence\nimport attrs, domain.kernel.money"),
    (in_application, "from application.kernel.ports import Clock"),
    (rules.hidden_imports, "from importlib.metadata import version"),
    (rules.hidden_imports, "import importlib.resources"),
    (rules.awaits, "def hold(): ..."),
    (rules.ambience, "def confirm(self, *, now: datetime): return now.time()"),
    (rules.ambience, "from uuid import UUID\nx = UUID(y)"),
    (rules.ambience, "from datetime import datetime, time\nx = datetime.combine(day, time(9))"),
    (rules.ambience, "import time\ntime.sleep(1)"),
    (rules.ambience, "'''It is not now() that counts.'''\nx = 'known now'"),
    (rules.ambience, "import os\nx = os.environ"),
    (rules.ambience, "x = self.new_id()\ny = self.clock()"),
    (rules.sleeps, "def rest(self): self.sleep(1)"),
    (rules.loose_values, "@frozen(kw_only=True)\nclass Stay: ..."),
    (rules.loose_values, "class State(Enum):\n    HELD = 'held'"),
    (rules.loose_values, "class Priced(Protocol[Value]): ..."),
    (rules.evasions, "from typing import Protocol"),
    (rules.undocumented, "'''Stays.'''"),
    (rules.more_than_a_docstring, "'''Bookings.'''"),
]


@pytest.mark.parametrize(("rule", "source"), BROKEN)
def test_what_breaks_a_rule_is_caught(rule: Rule, source: str) -> None:
    assert rule(source)


@pytest.mark.parametrize(("rule", "source"), KEPT)
def test_what_keeps_a_rule_is_left_alone(rule: Rule, source: str) -> None:
    assert not rule(source)


def test_every_rule_is_seen_both_ways() -> None:
    assert {rule for rule, _ in BROKEN} == {rule for rule, _ in KEPT}
