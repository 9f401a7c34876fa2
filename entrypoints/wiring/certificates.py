"""Which certificate is ours to look at."""

from adapters.telemetry.certificates import CertificateAt
from application.kernel.certificates import Certificates
from entrypoints.wiring.settings import Settings


def certificates_of(settings: Settings) -> Certificates | None:
    """None where nobody is shown one."""
    url = settings.public_url
    return CertificateAt(url) if url.startswith("https:") else None
