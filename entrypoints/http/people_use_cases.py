"""What the routes of people are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_people(container: Container) -> Mapping[str, Any]:
    people = container.people
    notices: Any = container.notifications.in_program
    factors: Any = people.second_factors
    return {
        "people_views": people.views(),
        "slugs": people.slugs(),
        "open_session": people.open_session(),
        "register": people.register(),
        "accept_invitation": people.accept_invitation(),
        "ask_for_reset": people.ask_for_reset(),
        "reset_password": people.reset_password(),
        "confirm_email": people.confirm_email(),
        "confirm_session": people.confirm_session(),
        "change_password": people.change_password(),
        "change_name": people.change_name(),
        "ask_for_email": people.ask_for_email(),
        "end_session": people.end_session(),
        "end_own_sessions": people.end_own_sessions(),
        "end_sessions_of": people.end_sessions_of(),
        "invite_member": people.invite_member(),
        "invite_again": people.invite_again(),
        "change_role": people.change_role(),
        "deactivate_member": people.deactivate_member(),
        "reactivate_member": people.reactivate_member(),
        "remove_member": people.remove_member(),
        "notice_views": notices.views(),
        "read_notice": notices.read_notice(),
        "read_notices": notices.read_notices(),
        "delete_notice": notices.delete_notice(),
        "choose_notices": notices.choose_notices(),
        "begin_second_factor": factors.begin(),
        "confirm_second_factor": factors.confirm(),
        "renew_recovery_codes": factors.renew_codes(),
        "remove_second_factor": factors.remove(),
        "reset_second_factor": factors.reset(),
    }
