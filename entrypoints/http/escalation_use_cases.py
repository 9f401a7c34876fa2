"""What the routes of agents and escalations are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_escalations(container: Container) -> Mapping[str, Any]:
    escalations = container.escalations
    return {
        "add_agent": escalations.add_agent(),
        "change_agent": escalations.change_agent(),
        "delete_agent": escalations.delete_agent(),
        "show_presence": escalations.show_presence(),
        "agent_views": escalations.agent_views(),
        "add_queue": escalations.add_queue(),
        "change_queue": escalations.change_queue(),
        "queue_views": escalations.queue_views(),
        "request_escalation": escalations.request_escalation(),
        "accept_escalation": escalations.accept_escalation(),
        "decline_escalation": escalations.decline_escalation(),
        "advance_escalation": escalations.advance_escalation(),
        "complete_escalation": escalations.complete_escalation(),
        "hand_back_escalation": escalations.hand_back_escalation(),
        "cancel_escalation": escalations.cancel_escalation(),
        "schedule_callback": escalations.schedule_callback(),
        "take_message": escalations.take_message(),
        "pause_escalation": escalations.pause_escalation(),
        "resume_escalation": escalations.resume_escalation(),
        "read_hand_over": escalations.hand_overs.read_hand_over(),
        "escalation_views": escalations.escalation_views(),
    }
