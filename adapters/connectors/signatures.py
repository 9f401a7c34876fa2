"""Signatures of Amazon's, version 4, by the client of a server that takes them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from application.kernel.secrets import Secret
from application.pipelines.connecting import SourceRefused

NOTHING = hashlib.sha256(b"").hexdigest()


class Sign(Protocol):
    def __call__(
        self, url: str, /, *, region: str, user: Secret, password: Secret, now: datetime
    ) -> Mapping[str, str]:
        """The headers to ask for that address with. Raises SourceRefused if it cannot."""
        ...


def sign_by_minio(
    url: str, /, *, region: str, user: Secret, password: Secret, now: datetime
) -> Mapping[str, str]:
    """Loaded when it is needed: it takes a third of a second, and few have buckets."""
    try:
        from minio.credentials.credentials import Credentials  # noqa: PLC0415
        from minio.signer import sign_v4_s3  # noqa: PLC0415
    except ModuleNotFoundError:
        raise SourceRefused("s3_is_not_installed") from None
    parts = urlsplit(url)
    headers: dict[str, str | list[str] | tuple[str]] = {
        "Host": parts.netloc,
        "x-amz-content-sha256": NOTHING,
        "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
    }
    signed = sign_v4_s3(
        method="GET",
        url=parts,
        region=region,
        headers=headers,
        credentials=Credentials(user.value, password.value),
        content_sha256=NOTHING,
        date=now,
    )
    return {name: str(value) for name, value in signed.items() if name != "Host"}
