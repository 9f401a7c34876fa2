"""Telephone numbers in the one form in which they are compared: E.164."""

import re

E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_phone_number(text: str) -> bool:
    return E164.fullmatch(text) is not None
