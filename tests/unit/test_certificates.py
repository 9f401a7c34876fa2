"""Until when the certificate at our own address holds is told, and so is that nobody shows one."""

from pathlib import Path
from socket import create_server

import pytest

from adapters.telemetry.certificates import CertificateAt
from application.kernel.told_figures import CERTIFICATE_ENDS
from entrypoints.worker.stock import CertificateIsLookedAt
from tests.fakes.figures import MemoryFigures
from tests.tls_servers import ENDS, tls_server

pytestmark = pytest.mark.anyio


async def test_it_is_told_until_when_a_certificate_holds(tmp_path: Path) -> None:
    figures = MemoryFigures()

    with tls_server(tmp_path) as address:
        certificate = CertificateAt(f"{address}/desk")
        await CertificateIsLookedAt(certificates=certificate, figures=figures)()

    assert figures.levels == {(CERTIFICATE_ENDS.name,): ENDS.timestamp()}


async def test_nothing_is_told_where_nobody_shows_one(caplog: pytest.LogCaptureFixture) -> None:
    with create_server(("127.0.0.1", 0)) as door:
        nobody = f"https://127.0.0.1:{door.getsockname()[1]}"
    figures = MemoryFigures()

    for url in (nobody, "http://127.0.0.1:1"):
        await CertificateIsLookedAt(certificates=CertificateAt(url), figures=figures)()

    assert figures.levels == {}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
