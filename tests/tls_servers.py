"""A server that shows a certificate, and says nothing more."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from socket import create_server
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ENDS = datetime(2020, 2, 1, tzinfo=timezone.utc)
"""Long ago: nobody would trust it, and it is signed by nobody else."""


@contextmanager
def tls_server(folder: Path) -> Iterator[str]:
    """The address of one that answers once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate_in(folder))
    with create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            guest, _ = door.accept()
            with context.wrap_socket(guest, server_side=True):
                pass

        server = Thread(target=answer, daemon=True)
        server.start()
        yield f"https://127.0.0.1:{door.getsockname()[1]}"
        server.join()


def _certificate_in(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.example.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(ENDS - timedelta(days=30))
        .not_valid_after(ENDS)
        .sign(key, hashes.SHA256())
    )
    path = folder / "desk.pem"
    form, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, form, bare))
    return path
