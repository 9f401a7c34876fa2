"""Routes of the reference: a page to read the description on and to try it out, from this host."""

from importlib.resources import files

from litestar import Response, Router, get

from entrypoints.http.operations import Operation

HERE = files("entrypoints.http") / "reference"

# Only what comes from here runs, and it talks to nobody else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

UNDESCRIBED = Operation(tag="description", needs=None, shows=None).opt

PAGE = (HERE / "index.html").read_bytes()
SCRIPT = (HERE / "reference.js").read_bytes()
STYLE = (HERE / "reference.css").read_bytes()


def _static(content: bytes, media_type: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"Content-Security-Policy": POLICY})


@get("/docs", opt=UNDESCRIBED)
async def show_reference() -> Response[bytes]:
    return _static(PAGE, "text/html")


@get("/docs/reference.js", opt=UNDESCRIBED)
async def show_script() -> Response[bytes]:
    return _static(SCRIPT, "text/javascript")


@get("/docs/reference.css", opt=UNDESCRIBED)
async def show_style() -> Response[bytes]:
    return _static(STYLE, "text/css")


router = Router("/", route_handlers=[show_reference, show_script, show_style])
