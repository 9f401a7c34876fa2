"""What the routes of calls are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.connections import trying_connections
from entrypoints.wiring.container import Container


def used_by_calls(container: Container) -> Mapping[str, Any]:
    calls: Any = container.calls
    return {
        "initiate_call": calls.initiate_call(),
        "hear_line": container.telephony.hear_line(),
        "instruct_line": container.telephony.instruct_line(),
        "ring_desk": container.telephony.ring_desk(),
        "try_connections": trying_connections(
            container.telephony,
            container.call_quality,
            container.clock(),
            container.seconds(),
            container.telemetry.observe(),
        ),
        "report_call": calls.report_call(),
        "report_news": calls.report_news(),
        "accept_call": calls.accept_call(),
        "hold_call": calls.hold_call(),
        "resume_call": calls.resume_call(),
        "intervene": calls.intervene(),
        "record_yes": calls.record_yes(),
        "transfer_call": calls.transfer_call(),
        "end_call": calls.end_call(),
        "wrap_up_call": calls.wrap_up_call(),
        "change_call": calls.change_call(),
        "delete_call": calls.delete_call(),
        "note_call": calls.note_call(),
        "change_note": calls.change_note(),
        "remove_note": calls.remove_note(),
        "note_views": calls.note_views(),
        "quote_documentation": calls.quote_documentation(),
        "quotation_views": calls.quotation_views(),
        "add_disposition": calls.add_disposition(),
        "change_disposition": calls.change_disposition(),
        "disposition_views": calls.disposition_views(),
        "add_call_template": calls.templates.add(),
        "change_call_template": calls.templates.change(),
        "delete_call_template": calls.templates.delete(),
        "call_template_views": calls.templates.views(),
        "record_call": calls.recordings.record(),
        "change_recording": calls.recordings.change(),
        "delete_recording": calls.recordings.delete(),
        "add_desk_number": calls.numbers.add(),
        "change_desk_number": calls.numbers.change(),
        "delete_desk_number": calls.numbers.delete(),
        "buy_desk_number": calls.numbers.buy(),
        "release_desk_number": calls.numbers.release(),
        "find_numbers": calls.numbers.find(),
        "desk_number_views": calls.numbers.views(),
        "call_views": calls.views(),
        "timeline_views": calls.timeline_views(),
        "sales_views": calls.sales_views(),
    }
