"""Recordings of calls at Twilio."""

from collections.abc import Mapping
from typing import Any

import attrs

from adapters.twilio.failures import NOT_FOUND, told
from application.calls.telephony import TelephonyRefused
from domain.calls.recordings import RecordingStep

FEW = 20
GOES_ON = ("in-progress", "paused")
STATUSES: Mapping[RecordingStep, str] = {
    RecordingStep.PAUSE: "paused",
    RecordingStep.RESUME: "in-progress",
    RecordingStep.STOP: "stopped",
}


@attrs.frozen(kw_only=True)
class TwilioRecordings:
    client: Any = attrs.field(repr=False)
    seconds: float

    async def begin(self, provider_call: str) -> str:
        """Twilio knows no keys by which the same is done once: it is looked for first."""
        with told(self.seconds):
            recordings = self.client.calls(provider_call).recordings
            for one in await recordings.list_async(limit=FEW):
                if one.status in GOES_ON:
                    return str(one.sid)
            return str((await recordings.create_async()).sid)

    async def change(self, provider_call: str, reference: str, step: RecordingStep) -> None:
        with told(self.seconds):
            recording = self.client.calls(provider_call).recordings(reference)
            await recording.update_async(status=STATUSES[step])

    async def delete(self, reference: str) -> None:
        try:
            with told(self.seconds):
                await self.client.recordings(reference).delete_async()
        except TelephonyRefused as refusal:
            if refusal.reason != str(NOT_FOUND):
                raise
