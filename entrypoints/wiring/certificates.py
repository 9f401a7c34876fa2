"""Which certificate is ours to look at."""

from adapters.telemetry.certificates import CertificateAt
from application.kernel.certificates import Certificates
from entrypoints.wiring.settings import Settings


def certificates_of(settings: Settings) -> Certificates:
    return CertificateAt(settings.public_url)
