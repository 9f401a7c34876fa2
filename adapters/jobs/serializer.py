"""What the engine stores, as JSON: readable, and nothing in it is ever executed."""

import json
from datetime import datetime
from typing import Any

from dbos import Serializer

from adapters.jobs.failures import JobFailed, described

FAILURE = "__failure__"
FAILED_AT = "failed_at"
PASSES = "passes"


class JsonSerializer(Serializer):
    def serialize(self, data: Any) -> str:
        return json.dumps(data, default=_failure_to_document)

    def deserialize(self, serialized_data: str) -> Any:
        return json.loads(serialized_data, object_hook=_failure_of_document)

    def name(self) -> str:
        return "frontdesk_json"


def _failure_to_document(value: object) -> dict[str, str | bool | None]:
    if isinstance(value, JobFailed):
        return {
            FAILURE: str(value),
            FAILED_AT: value.failed_at.isoformat() if value.failed_at else None,
            PASSES: value.of_passing_trouble,
        }
    if isinstance(value, BaseException):
        return {FAILURE: described(value), FAILED_AT: None}
    raise TypeError(f"{type(value).__name__} is not JSON")


def _failure_of_document(document: dict[str, Any]) -> dict[str, Any] | JobFailed:
    if FAILURE not in document:
        return document
    failed_at = document[FAILED_AT]
    return JobFailed(
        document[FAILURE],
        failed_at=datetime.fromisoformat(failed_at) if failed_at else None,
        of_passing_trouble=document.get(PASSES, False),
    )
