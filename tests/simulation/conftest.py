"""How many runs, or which one: `pytest tests/simulation --sim-seed=1234`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sim-seed", type=int, default=None, help="run this seed, and no other")
    parser.addoption(
        "--sim-seconds", type=float, default=6, help="of processor time, for runs of new seeds"
    )
