"""The descriptions, by Spectral with OWASP's rules, Redocly and AsyncAPI's own linter."""

import subprocess

from tests.http.examined import ROOT

PATIENCE = 900
CONTENT = (
    "No results with a severity of 'hint' or higher found!",
    "Your API description is valid.",
    "asyncapi.yaml is valid! File asyncapi.yaml and referenced documents don't have governance",
)


def test_no_linter_has_anything_to_say() -> None:
    linted = subprocess.run(
        [ROOT / ".ci/lint-api"], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    said = linted.stdout + linted.stderr
    print(said)

    assert linted.returncode == 0
    assert [words for words in CONTENT if words not in said] == []
