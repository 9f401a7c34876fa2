"""What those are told for whom units were set aside, once no more of them are."""

import attrs
import pytest

from domain.notifications.messages import Undeliverable, message_to_customer
from domain.notifications.released_blocks import ReleasedBlockNotice, written_to_whom_it_was_for
from tests.samples_of_notifications import EVENT, NOTICE

ID = message_to_customer(EVENT)
RELEASED = ReleasedBlockNotice(
    title=NOTICE.title,
    starts_at=NOTICE.starts_at,
    zone=NOTICE.zone,
    contact_name="Ada Lovelace",
    contact_email="ada@example.com",
)


def test_it_says_that_everybody_may_book_now() -> None:
    message = written_to_whom_it_was_for(RELEASED, id=ID, reason=None)

    assert (message.id, message.to) == (ID, "ada@example.com")
    assert message.subject == "No longer set aside: Paediatric first aid"
    assert message.text.startswith(
        "Hello Ada Lovelace,\n\nnothing is set aside for you any longer"
    )
    assert message.text.endswith(
        "From: Thursday 26 March 2026, 09:00 (Europe/London, UTC+00:00)\n"
    )


def test_it_says_why_nothing_takes_place() -> None:
    message = written_to_whom_it_was_for(RELEASED, id=ID, reason="snow")

    assert message.subject == "Does not take place: Paediatric first aid"
    assert message.text.endswith("\n\nThe reason: snow\n")


def test_what_is_always_there_has_no_beginning() -> None:
    rooms = attrs.evolve(RELEASED, starts_at=None)

    assert "From:" not in written_to_whom_it_was_for(rooms, id=ID, reason=None).text


def test_an_address_that_is_none_is_not_written_to() -> None:
    nowhere = attrs.evolve(RELEASED, contact_email="ada at home")

    with pytest.raises(Undeliverable):
        written_to_whom_it_was_for(nowhere, id=ID, reason=None)
