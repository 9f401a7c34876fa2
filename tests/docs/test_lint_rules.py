"""What the linter of the description passes over is what it says it is."""

import re

import yaml

from entrypoints.http.openapi import described
from entrypoints.http.routers import ROUTERS
from tests.docs.documents import ROOT

RULES = yaml.safe_load((ROOT / "docs/api/spectral.yaml").read_text())
RESTRICTED = "owasp:api2:2023-write-restricted"
WRITES = {"post", "put", "patch", "delete"}


def passed_over() -> set[str]:
    """Paths on which writes need not be protected."""
    return {
        re.sub("%7[BD]", lambda brace: "{" if brace[0] == "%7B" else "}", file).replace("~1", "/")
        for override in RULES["overrides"]
        if override["rules"].get(RESTRICTED) is False
        for file in re.findall("#/paths/(.*)$", "\n".join(override["files"]), re.MULTILINE)
    }


def test_only_writes_that_are_for_everybody_go_without_a_key() -> None:
    paths = described(route for router in ROUTERS for route in router.routes)["paths"]
    public = {
        path
        for path, methods in paths.items()
        for method in methods.keys() & WRITES
        if methods[method].get("security") == []
    }
    limited = {path for path in public if "429" in paths[path]["post"]["responses"]}

    assert RESTRICTED not in RULES["rules"]
    assert passed_over() & public == public
    assert public == limited
