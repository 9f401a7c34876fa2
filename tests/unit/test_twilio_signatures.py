"""What Twilio has signed is believed and nothing else: the verdict of its own validator."""

import hashlib
import random
from collections.abc import Iterator, Sequence

import attrs
import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from adapters.twilio.signatures import Signatures, Signed, algorithm_in
from application.kernel.secrets import Secret

NEW, OLD = Secret("new token"), Secret("old token")
URL = "https://desk.example.com/v1/telephony-events/twilio/desk"
FORM = [("CallSid", "CA1"), ("CallStatus", "ringing"), ("From", "+14158675309")]
SHA256 = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"


@attrs.frozen
class Form:
    """As frameworks hand forms to Twilio's validator."""

    pairs: Sequence[tuple[str, str]]

    def __iter__(self) -> Iterator[str]:
        return iter([name for name, _ in self.pairs])

    def __len__(self) -> int:
        return len(self.pairs)

    def getlist(self, name: str) -> list[str]:
        return [value for one, value in self.pairs if one == name]


def signature(url: str, pairs: Sequence[tuple[str, str]], secret: Secret, settings: str) -> str:
    validator = RequestValidator(secret.value)
    return str(validator.compute_signature(url, Form(pairs), get_signature_algorithm(settings)))


def test_known_answers() -> None:
    """Published: the first in Twilio's documentation, the second among its client's tests."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    signatures = Signatures(lambda: [Secret("12345")])
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
    repeated = [("Sid", "CA123"), ("SidAccount", "AC123")]
    repeated += [("Digits", digits) for digits in ("5678", "1234", "1234")]

    assert signatures.of_form(Signed(url, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), form.items())
    assert signatures.of_form(Signed(url, "IK+Dwps556ElfBT0I3Rgjkr1wJU="), repeated)


@pytest.mark.parametrize("settings", ["", SHA256])
@pytest.mark.parametrize("secret", [NEW, OLD])
def test_any_secret_counts_while_they_change(secret: Secret, settings: str) -> None:
    signed = Signed(URL, signature(URL, FORM, secret, settings), settings)

    assert Signatures(lambda: [NEW, OLD]).of_form(signed, FORM)
    assert not Signatures(lambda: [Secret("another")]).of_form(signed, FORM)
    assert not Signatures(list).of_form(signed, FORM)


def test_another_algorithm_than_the_one_named_does_not_count() -> None:
    signatures = Signatures(lambda: [NEW])

    assert not signatures.of_form(Signed(URL, signature(URL, FORM, NEW, ""), SHA256), FORM)
    assert not signatures.of_form(Signed(URL, signature(URL, FORM, NEW, SHA256)), FORM)
    assert not signatures.of_form(
        Signed(URL, signature(URL, FORM, NEW, ""), "algorithm=MD5"), FORM
    )


def test_a_body_that_is_no_form_is_hashed_in_the_address() -> None:
    body = b'{"CallStatus": "ringing"}'
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signed = Signed(url, signature(url, [], NEW, ""))
    signatures = Signatures(lambda: [NEW])

    assert signatures.of_body(signed, body)
    assert RequestValidator(NEW.value).validate(url, body.decode(), signed.signature)
    assert not signatures.of_body(signed, body + b" ")
    assert not signatures.of_body(Signed(URL, signature(URL, [], NEW, "")), body)


@pytest.mark.parametrize("bad", ["https://desk:99999/", "https://desk:x/", "https://[desk/"])
def test_an_address_that_is_none_has_signed_nothing(bad: str) -> None:
    assert not Signatures(lambda: [NEW]).of_form(Signed(bad, "x"), FORM)
    assert not Signatures(lambda: [NEW]).of_body(Signed(bad, "x"), b"{}")


@pytest.mark.parametrize(
    "settings",
    ["", "key=1", "algorithm=", "algorithm=,algorithm=HMAC_SHA256", " algorithm = hmac_sha1 ,x=y"],
)
def test_the_algorithm_is_read_as_twilio_s_client_reads_it(settings: str) -> None:
    assert algorithm_in(settings) == get_signature_algorithm(settings)


SCHEMES = ("https://", "http://", "HTTPS://")
PORTS = ("", ":443", ":80", ":8443", ":0")
PATHS = ("/", "/v1/x", "/v1/x;", "/v1/x;a=b", "", "/ü%20x", "//double")
QUERIES = ("", "?", "?a=1", "?b=2&a=1", "?bodySHA256=", "?bodySHA256=00", "?x=%3A&#part")
NAMES = ("CallSid", "CallStatus", "a", "aa", "From", "ü", "")
VALUES = ("", "1", "+14158675309", "in-progress", "a b", "é", "1\n", "aa")
SETTINGS = ("", SHA256, "algorithm=hmac_sha256", "algorithm=HMAC_SHA512", "algorithm=HMAC_SHA1")


def random_case(chance: random.Random) -> tuple[Signed, list[tuple[str, str]]]:
    """Signed well, and then perhaps changed somewhere."""
    host = chance.choice(("desk.example.com", "user:pass@desk", "127.0.0.1"))
    query = chance.choice(QUERIES)
    parts = [chance.choice(SCHEMES), host, chance.choice(PORTS), chance.choice(PATHS), query]
    pairs = [
        (chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.choice((0, 1, 5, 22)))
    ]
    settings = chance.choice(SETTINGS)
    named = settings if "512" not in settings else ""
    given = signature("".join(parts), pairs, NEW, named)
    change = chance.randrange(8)
    if change == 0:
        given = given.lower()
    elif change == 1:
        parts[2] = chance.choice(PORTS)
    elif change == 2:
        chance.shuffle(pairs)
    elif change == 3 and pairs:
        pairs.append(chance.choice(pairs))
    elif change == 4 and pairs:
        pairs.pop()
    elif change == 5:
        parts[4] = chance.choice(QUERIES)
    elif change == 6:
        given = chance.choice(("", "é", given + "=", given[:-1]))
    return Signed("".join(parts), given, settings), pairs


def test_the_verdict_is_that_of_twilio_s_client() -> None:
    chance = random.Random(22)
    signatures, validator = Signatures(lambda: [NEW]), RequestValidator(NEW.value)
    verdicts = {True: 0, False: 0}
    for _ in range(4000):
        signed, pairs = random_case(chance)
        algorithm = get_signature_algorithm(signed.settings)
        theirs = validator.validate(signed.url, Form(pairs), signed.signature, algorithm)
        assert signatures.of_form(signed, pairs) is theirs, (signed, pairs)
        verdicts[theirs] += 1

    assert min(verdicts.values()) > 500
