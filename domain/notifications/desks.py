"""The desk that writes: by what name, and where it is to be reached."""

import attrs

from domain.notifications.messages import Message, one_line


@attrs.frozen(kw_only=True)
class DeskCard:
    """What is empty is not said."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""

    def sign(self, message: Message) -> Message:
        """In the name of the desk, with answers to it, and how to reach it below."""
        said = (
            self.name,
            self.address,
            self.phone and f"Phone: {self.phone}",
            self.email and f"E-mail: {self.email}",
        )
        signature = "\n".join(one_line(line) for line in said if line)
        return attrs.evolve(
            message,
            sender_name=self.name,
            reply_to=self.email or None,
            text=f"{message.text}\n-- \n{signature}\n",
        )
