"""`DownloadLinks`, signed by ourselves."""

from datetime import datetime, timezone
from uuid import UUID

import attrs

from adapters.signing.tokens import Signer
from application.analytics.export_ports import Download, DownloadLinks, NoSuchDownload
from domain.kernel.identifiers import ExportId, OrganizationId

PURPOSE = b"frontdesk download 1\0"
SIGNED = 16 + 16 + 8


@attrs.frozen(kw_only=True)
class SignedDownloadLinks(DownloadLinks):
    """Beneath `base`, the address that people know this program by."""

    base: str
    signer: Signer

    def url(self, download: Download) -> str | None:
        if not self.signer.secrets():
            return None
        said = b"".join(
            (
                download.organization_id.bytes,
                download.export_id.bytes,
                int(download.expires_at.timestamp()).to_bytes(8, "big"),
            )
        )
        return f"{self.base}/v1/downloads/{self.signer.token(said)}"

    def read(self, token: str) -> Download:
        said = self.signer.read(token, SIGNED)
        if said is None:
            raise NoSuchDownload
        return Download(
            organization_id=OrganizationId(UUID(bytes=said[:16])),
            export_id=ExportId(UUID(bytes=said[16:32])),
            expires_at=datetime.fromtimestamp(int.from_bytes(said[32:], "big"), timezone.utc),
        )
