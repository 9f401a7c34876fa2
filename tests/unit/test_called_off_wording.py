"""What those are told who waited for what does not take place."""

import attrs
import pytest

from domain.notifications.called_off import CalledOffNotice, written_to_who_waited
from domain.notifications.messages import Undeliverable, message_to_customer
from tests.samples_of_notifications import EVENT, NOTICE

ID = message_to_customer(EVENT)
CALLED_OFF = CalledOffNotice(
    title=NOTICE.title,
    starts_at=NOTICE.starts_at,
    zone=NOTICE.zone,
    contact_name="Ada Lovelace",
    contact_email="ada@example.com",
    offered=False,
    reason="snow",
)


def test_it_says_what_when_and_why() -> None:
    message = written_to_who_waited(CALLED_OFF, id=ID)

    assert (message.id, message.to) == (ID, "ada@example.com")
    assert message.subject == "Does not take place: Paediatric first aid"
    assert message.text.startswith(
        "Hello Ada Lovelace,\n\nwe are sorry: what you were waiting for"
    )
    assert "The reason: snow\n" in message.text
    assert "From: Thursday 26 March 2026, 09:00 (Europe/London, UTC+00:00)\n" in message.text


def test_whoever_had_an_offer_is_told_so() -> None:
    message = written_to_who_waited(attrs.evolve(CALLED_OFF, offered=True), id=ID)

    assert "we had a place for you" in message.text


def test_nobody_forges_lines() -> None:
    forged = attrs.evolve(CALLED_OFF, contact_name="Ada\r\n\r\nThe reason: you", starts_at=None)

    assert "\nThe reason: you" not in written_to_who_waited(forged, id=ID).text


def test_an_address_that_is_none_is_not_written_to() -> None:
    with pytest.raises(Undeliverable):
        written_to_who_waited(attrs.evolve(CALLED_OFF, contact_email="ada at home"), id=ID)
