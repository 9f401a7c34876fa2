"""The demo, served once for all who only look at it."""

from collections.abc import Iterator

import pytest

from tests.http.examined import Server, served


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("served")) as server:
        yield server
