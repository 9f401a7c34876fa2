"""Throw-away addresses from a file of this package, where phone numbers are from, and what
people pay with there.
"""

from functools import cache
from itertools import accumulate
from pathlib import Path

import phonenumbers

from adapters.abuse.currencies import currencies_by_country
from application.payments.abuse_ports import ContactSigns

FILE = Path(__file__).with_name("disposable_domains.txt")


@cache
def disposable_domains() -> frozenset[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


class OfflineSigns(ContactSigns):
    def is_disposable(self, email: str) -> bool:
        """Whether its domain is on the list, or below one that is."""
        labels = email.rpartition("@")[2].lower().split(".")
        domains = accumulate(reversed(labels), lambda domain, label: f"{label}.{domain}")
        return not disposable_domains().isdisjoint(domains)

    def countries_of(self, phone: str) -> frozenset[str]:
        """The country of the number itself or, if that is not known, all that share its code."""
        try:
            number = phonenumbers.parse(phone)
        except phonenumbers.NumberParseException:
            return frozenset()
        region = phonenumbers.region_code_for_number(number)
        if region is not None:
            return frozenset({region})
        return frozenset(phonenumbers.region_codes_for_country_code(number.country_code or 0))

    def currencies_of(self, country: str) -> frozenset[str]:
        return currencies_by_country().get(country, frozenset())
