"""The certificate that the world is shown at an address of ours, mostly by a proxy before us."""

import ssl
from datetime import datetime
from urllib.parse import urlsplit

import attrs

from application.kernel.certificates import Certificates

HTTPS = 443
PATIENCE = 10  # seconds


@attrs.frozen
class CertificateAt(Certificates):
    """Of the host that the `url` names, whether it is trusted or not."""

    url: str

    def ends_at(self) -> datetime | None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" or parts.hostname is None:
            return None
        # A worker looks now and then: no start waits for what reads certificates.
        from cryptography import x509  # noqa: PLC0415

        address = (parts.hostname, parts.port or HTTPS)
        shown = ssl.get_server_certificate(address, timeout=PATIENCE)
        return x509.load_pem_x509_certificate(shown.encode()).not_valid_after_utc
