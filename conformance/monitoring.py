"""Prometheus and Alertmanager, as Debian packs them: from PATH, or fetched for this run alone."""

import shutil
import subprocess
from pathlib import Path

PACKAGES = ("prometheus", "prometheus-alertmanager")
PROGRAMS = ("prometheus", "promtool", "prometheus-alertmanager", "amtool")
# Debian's Alertmanager wants its templates in this place, which is given to it alone.
SHARED = "/usr/share/prometheus/alertmanager"
AT_ITS_PLACE = """#!/bin/sh
exec unshare --map-root-user --mount sh -c '
    set -e
    kept=$(mktemp -d) && cp {root}{shared}/*.tmpl "$kept"
    mount -t tmpfs none /usr/share && mkdir -p {shared} && cp "$kept"/*.tmpl {shared}
    rm -r "$kept"
    exec {root}/usr/bin/prometheus-alertmanager "$@"' sh "$@"
"""


def programs(folder: Path) -> dict[str, str]:
    """Where each is. Fails, and does not skip, where they are neither installed nor to be had."""
    found = {name: shutil.which(name) for name in PROGRAMS}
    there = {name: path for name, path in found.items() if path}
    if len(there) == len(PROGRAMS):
        return there
    # Unpacked, not installed: that needs no rights, and starts nothing.
    subprocess.run(["apt-get", "download", *PACKAGES], cwd=folder, check=True)
    root = folder / "root"
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, root], check=True)
    wrapped = folder / "alertmanager"
    wrapped.write_text(AT_ITS_PLACE.format(root=root, shared=SHARED))
    wrapped.chmod(0o755)
    return {
        name: str(wrapped if name == "prometheus-alertmanager" else root / "usr/bin" / name)
        for name in PROGRAMS
    }


def said(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
