"""Rows of a table made into an archive of them."""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.sql.documents import new_converter
from domain.kernel.histories import History

converter = new_converter()


def archived(
    history: History, rows: Sequence[Mapping[str, Any]], *, before: datetime
) -> Mapping[str, Any]:
    """What the file is, and the file: moments in it are of UTC (ISO 8601)."""
    lines = b"".join(_line(row) for row in rows)
    content = gzip.compress(lines, mtime=0)
    return {
        "history": history.value,
        "before": before,
        "rows": len(rows),
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
        "content": content,
    }


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(converter.unstructure(row), ensure_ascii=False).encode() + b"\n"
