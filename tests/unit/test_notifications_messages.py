"""Messages cannot be turned into other messages by what customers enter."""

from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.identifiers import EventId
from domain.notifications.messages import (
    Attachment,
    Undeliverable,
    message_to_customer,
    one_line,
)
from tests.samples_of_notifications import EVENT, MESSAGE


@given(st.text())
def test_one_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)

    assert line.isprintable()
    assert line.encode().decode().splitlines() in ([line], [])
    assert one_line(line) == line


def test_what_is_printable_stays_as_it_is() -> None:
    assert one_line("Brötchen & crêpes für 日本") == "Brötchen & crêpes für 日本"


def test_a_subject_and_a_file_name_have_no_line_breaks() -> None:
    message = attrs.evolve(MESSAGE, subject="Hi\r\nBcc: all@example.com")
    attachment = Attachment(filename="a\n.ics", content_type="text/plain\r\nX: y", content=b"")

    assert message.subject == "Hi Bcc: all@example.com"
    assert attachment.filename == "a .ics"
    assert attachment.content_type == "text/plain X: y"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "ada@example.com\x00",
    ],
)
def test_an_address_is_nothing_but_an_address(address: str) -> None:
    with pytest.raises(Undeliverable) as refused:
        attrs.evolve(MESSAGE, to=address)

    assert str(refused.value) == ("the message cannot be delivered: that is not an e-mail address")


def test_an_event_has_one_message_to_the_customer_and_another_event_another() -> None:
    assert message_to_customer(EVENT) == message_to_customer(EVENT)
    assert message_to_customer(EVENT) != message_to_customer(EventId(UUID(int=1)))
    assert message_to_customer(EVENT) != EVENT


def test_a_message_tells_logs_nothing_about_anybody() -> None:
    assert "ada" not in repr(MESSAGE).lower()
    assert "FD0000001S" not in repr(MESSAGE)
