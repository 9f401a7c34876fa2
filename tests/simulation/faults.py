"""What goes wrong, by a seed: which kinds at all, and when each of them strikes."""

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from random import Random
from typing import Any

import attrs

Fault = tuple[str, int]
"""A kind, and which of the occasions on which it might have struck."""

# How often each kind strikes, of a hundred occasions, where it strikes at all.
KINDS: Mapping[str, float] = {
    "statement fails": 0.4,
    "commit fails": 5,
    "commit is not answered": 12,
    "connection is lost": 0.3,
    "statement is slow": 4,
    "host crashes": 25,
    "word does not come": 40,
    "clock is off": 60,
    "clock jumps": 5,
    "provider does not hear": 8,
    "provider is not heard": 8,
    "provider is slow": 10,
    "provider hears twice": 8,
    "provider's message is lost": 20,
    "provider's message comes late": 25,
    "provider's message comes twice": 30,
    "line does not hear": 10,
    "line is not heard": 10,
    "line is slow": 10,
    "line hears twice": 10,
    "mail does not hear": 10,
    "mail is not heard": 30,
    "mail is slow": 10,
}


@attrs.define
class Faults:
    """A random half of the kinds is on in a run: some bugs need that others keep still.

    Those of `surely` are on in any case. `kept` are those left when a failure is made smaller;
    None stands for all.
    """

    seed: int
    kept: Collection[Fault] | None = None
    kinds: Mapping[str, float] = KINDS
    surely: Collection[str] = ()
    struck: list[Fault] = attrs.field(factory=list)
    occasions: Counter[str] = attrs.field(factory=Counter)
    _chances: dict[str, Random] = attrs.field(factory=dict, init=False)
    _on: frozenset[str] = attrs.field(init=False)
    _healed: bool = attrs.field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        chance = Random(f"kinds:{self.seed}")
        some = frozenset(kind for kind in sorted(self.kinds) if chance.random() < 0.5)
        self._on = some.union(self.surely)

    def strikes(self, kind: str) -> bool:
        if self._healed or kind not in self._on:
            return False
        self.occasions[kind] += 1
        fault = (kind, self.occasions[kind])
        if self.chance(kind).random() * 100 >= self.kinds[kind]:
            return False
        if self.kept is not None and fault not in self.kept:
            return False
        self.struck.append(fault)
        return True

    def chance(self, kind: str) -> Random:
        """A sequence of its own for each kind, so that one left out changes no other."""
        if kind not in self._chances:
            self._chances[kind] = Random(f"{kind}:{self.seed}")
        return self._chances[kind]

    def heal(self) -> None:
        """From now on nothing goes wrong."""
        self._healed = True


@attrs.frozen
class Faulty:
    """Any port, each of whose methods may be slow, fail before or after it is done, or be called
    twice. `error` is what the port says when nobody knows whether it was done.
    """

    port: Any
    name: str
    faults: Faults
    error: Callable[[], Exception]
    doubles: bool = True

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.port, name)
        if not inspect.iscoroutinefunction(method):
            return method

        async def called(*given: Any, **named: Any) -> Any:
            return await self._call(method, *given, **named)

        return called

    async def _call(self, method: Callable[..., Any], *given: Any, **named: Any) -> Any:
        strikes, chance = self.faults.strikes, self.faults.chance(f"{self.name} takes its time")
        await asyncio.sleep(chance.uniform(0.01, 0.2))
        if strikes(f"{self.name} is slow"):
            await asyncio.sleep(chance.uniform(1, 30))
        if strikes(f"{self.name} does not hear"):
            raise self.error()
        if self.doubles and strikes(f"{self.name} hears twice"):
            await method(*given, **named)
        answer = await method(*given, **named)
        await asyncio.sleep(chance.uniform(0.01, 0.2))
        if strikes(f"{self.name} is not heard"):
            raise self.error()
        return answer
