"""Prism, which holds requests and answers against a description of an API, and is started here."""

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conformance.twilio_api import DESCRIPTION
from tests.npm_peers import installed
from tests.payment_peers import free_port, served

PRISM = "@stoplight/prism-cli@5.14.2"
SPEC = "FRONTDESK_TWILIO_SPEC"
FORM = "application/x-www-form-urlencoded"


@contextmanager
def between(behind: str, folder: Path) -> Iterator[str]:
    """Where to knock so that whatever breaks the description, on either side, is an error."""
    node, package = installed(PRISM)
    description = folder / "twilio.json"
    description.write_text(json.dumps(_description()))
    port = free_port()
    prism = str(package / "dist/index.js")
    command = [node, prism, "proxy", "--errors", "--port", str(port), str(description), behind]
    with served(command, port, folder) as url:
        yield url


def _description() -> dict[str, Any]:
    """Twilio's own where somebody has it, else what we have written down of it."""
    given = os.environ.get(SPEC)
    if given is None:
        return DESCRIPTION
    path = Path(given)
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    described: dict[str, Any] = json.loads(text)
    for path_item in described["paths"].values():
        for operation in path_item.values():
            if isinstance(operation, dict):
                _mend(operation)
    return described


def _mend(operation: dict[str, Any]) -> None:
    """Fields that may be repeated are not said to be; addresses of pages are relative."""
    form = operation.get("requestBody", {}).get("content", {}).get(FORM)
    if form:
        lists = [
            name
            for name, field in form["schema"].get("properties", {}).items()
            if field.get("type") == "array"
        ]
        form["encoding"] = {name: {"style": "form", "explode": True} for name in lists}
    for response in operation.get("responses", {}).values():
        for content in response.get("content", {}).values():
            for name, field in content["schema"].get("properties", {}).items():
                if name.endswith("uri"):
                    field.pop("format", None)
