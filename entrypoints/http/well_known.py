"""Routes of what is found at the same place on every host (RFC 8615)."""

from datetime import timedelta

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.kernel.ports import Clock
from entrypoints.http.operations import Operation
from entrypoints.http.refusals import NoSuchRoute
from entrypoints.wiring.settings import Settings

UNDESCRIBED = Operation(tag="description", needs=None, shows=None).opt

LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
CATALOG = "/.well-known/api-catalog"


@get("/.well-known/security.txt", opt=UNDESCRIBED)
async def show_security_contact(
    settings: NamedDependency[SkipValidation[Settings]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[str]:
    """RFC 9116; nothing unless a contact was named. It runs out: contacts of long ago mislead."""
    if settings.security_contact is None:
        raise NoSuchRoute
    midnight = clock().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {midnight + timedelta(days=settings.security_contact_days):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.public_url.rstrip('/')}/.well-known/security.txt",
    )
    return Response("".join(f"{line}\n" for line in lines), media_type="text/plain")


@get(CATALOG, opt=UNDESCRIBED)
async def show_catalog(settings: NamedDependency[SkipValidation[Settings]]) -> Response[bytes]:
    """RFC 9727: which APIs there are, and where they are described."""
    here = settings.public_url.rstrip("/")
    api = {
        "anchor": f"{here}/v1",
        "service-desc": [
            {"href": f"{here}/openapi.json", "type": "application/openapi+json;version=3.1"}
        ],
        "service-doc": [{"href": f"{here}/docs", "type": "text/html"}],
        "status": [{"href": f"{here}/readyz", "type": "application/health+json"}],
    }
    return Response(
        msgspec.json.encode({"linkset": [api]}),
        media_type=LINKSET,
        headers={"Link": f'<{CATALOG}>; rel="api-catalog"'},
    )


router = Router("/", route_handlers=[show_security_contact, show_catalog])
