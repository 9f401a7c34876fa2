"""The description of the API says what is so."""

import json
import re
from typing import Any

import attrs
import jsonschema
import msgspec
import pytest

from entrypoints.http.openapi import described
from entrypoints.http.openapi_schemas import schemas_of
from entrypoints.http.problem_catalogue import catalogue, example_of, problem_of
from entrypoints.http.problems import STANDARD, Problem, status_of
from entrypoints.http.routers import ROUTERS
from tests.http.desk import Desk, problem

DOCUMENT: dict[str, Any] = json.loads(
    msgspec.json.encode(described(route for router in ROUTERS for route in router.routes))
)
OPERATIONS = [
    operation for methods in DOCUMENT["paths"].values() for operation in methods.values()
]
BODIES = [
    (operation["operationId"], name, example["value"], content["schema"])
    for operation in OPERATIONS
    for content in operation.get("requestBody", {}).get("content", {}).values()
    for name, example in content["examples"].items()
]


# What only the command line, a socket or a row of an import meets, what any address may answer,
# and what no request can cause.
ELSEWHERE = {
    "unsafe_database",
    "organization_in_use",
    "bad_reference",
    "bad_intent",
    "intent_not_found",
    "method_not_allowed",
    "negative_capacity",
    "no_longer_served",
    "no_scopes",
    "nothing_claimed",
    "not_of_the_past",
    "not_one_of_these",
    "not_over",
    "bad_transfer",
    "call_imported_before",
    "implausible_call",
    "not_an_earlier_one",
    "not_by_hand",
    "owner_not_found",
    "too_long_to_print",
    "other_price",
    "twice_in_one",
    "half_a_price",
}

# An answer that is kept would keep the secret in it, or be kept for somebody who is nobody yet.
SECRET = re.compile("mail|phone|name|contact|token|password|secret|key$")

# Whoever has such a link may follow it, until it expires.
OPEN_SOON_CLOSED = {"/v1/downloads/{token}"}
# Other sites ask with nothing but an address; what it shows is when, and it can be rotated.
OPEN_UNTIL_ROTATED = {"/v1/feeds/{token}"}

KEYLESS = {
    "/v1/ingestion/events",
    "/v1/ingestion/logs",
    "/v1/ingestion/measurements",
    "/v1/ingestion/spans",
    "/v1/pipelines/{pipeline_id}/dry-run",
    "/v1/telephony-events/{provider}/{organization}",
    "/v1/telephony-voice/{provider}/{organization}",
    "/v1/bookings/search",
    "/v1/calls/search",
    "/v1/connections/test",
    "/v1/simulator/rings",
    "/v1/continuations/read",
    "/v1/customers/export",
    "/v1/realtime/tickets",
    "/v1/sessions",
    "/v1/sessions/current/confirm",
    "/v1/me/second-factor",
    "/v1/me/second-factor/confirm",
    "/v1/me/second-factor/recovery-codes",
    "/v1/me/second-factor/remove",
    "/v1/registrations",
    "/v1/invitations/accept",
    "/v1/emails/confirm",
    "/v1/password-resets",
    "/v1/password-resets/use",
    "/v1/payments/{payment_id}/continue",
    "/v1/provider-events/{provider}/{organization}",
    "/v1/reconciliations",
    "/v1/provider-events/{provider}/events/{event_id}/replay",
}


def validated(value: Any, schema: Any) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


@pytest.mark.anyio
async def test_the_description_is_served(desk: Desk) -> None:
    served = await desk.nobody().get("/openapi.json")

    assert served.json() == DOCUMENT
    assert DOCUMENT["openapi"] == "3.1.0"


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS]

    assert len(set(names)) == len(names)


def test_shapes_have_names_that_are_no_place_in_our_code() -> None:
    """Generated clients call their classes so."""
    assert [name for name in DOCUMENT["components"]["schemas"] if not name.isidentifier()] == []


@pytest.mark.parametrize(
    ("value", "schema"), [body[2:] for body in BODIES], ids=[f"{b[0]}-{b[1]}" for b in BODIES]
)
def test_examples_of_bodies_are_examples(value: Any, schema: Any) -> None:
    validated(value, schema)


@pytest.mark.parametrize("code", catalogue())
def test_examples_of_problems_are_problems(code: str) -> None:
    validated(problem_of(catalogue()[code]), {"$ref": "#/components/schemas/Problem"})


@pytest.mark.parametrize("code", catalogue())
def test_members_of_a_problem_do_not_hide_each_other(code: str) -> None:
    own = {field.name for field in attrs.fields(catalogue()[code]) if field.name != "errors"}

    assert not own & STANDARD


def test_kinds_are_told_apart_by_a_constant() -> None:
    quote = DOCUMENT["paths"]["/v1/quotes"]["post"]["requestBody"]["content"]["application/json"]
    schemas = DOCUMENT["components"]["schemas"]

    assert quote["schema"]["discriminator"]["propertyName"] == "kind"
    assert len(quote["examples"]) == len(quote["schema"]["discriminator"]["mapping"])
    for kind, reference in quote["schema"]["discriminator"]["mapping"].items():
        schema = schemas[reference.rpartition("/")[2]]
        assert schema["properties"]["kind"] == {"type": "string", "const": kind}


def test_every_error_of_every_operation_is_a_problem() -> None:
    errors = [
        response
        for operation in OPERATIONS
        for status, response in operation["responses"].items()
        if status >= "400" and operation["tags"] != ["health"]
    ]

    assert len(errors) > 100
    assert {tuple(response["content"]) for response in errors} == {("application/problem+json",)}


def test_every_refusal_is_described_where_it_happens() -> None:
    told = str(OPERATIONS)
    described = {code for code in DOCUMENT["components"]["examples"] if f"`{code}`" in told}

    assert set(catalogue()) - described == ELSEWHERE


def test_every_group_of_routes_is_explained() -> None:
    named = {operation["tags"][0] for operation in OPERATIONS}

    assert [tag["name"] for tag in DOCUMENT["tags"]] == sorted(named)


def test_keys_are_required_where_they_are_taken() -> None:
    posts = [
        methods["post"]
        for path, methods in DOCUMENT["paths"].items()
        if "post" in methods and path not in KEYLESS
    ]
    keys = [
        parameter["required"]
        for operation in posts
        for parameter in operation["parameters"]
        if parameter["name"] == "Idempotency-Key"
    ]

    assert keys == [True] * len(posts)


def test_nothing_personal_or_secret_is_asked_for_in_an_address() -> None:
    """Proxies log addresses. Names of parameters say what they hold."""
    asked = {
        parameter["name"]
        for path, methods in DOCUMENT["paths"].items()
        if path not in OPEN_SOON_CLOSED | OPEN_UNTIL_ROTATED
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] in ("path", "query")
    }

    assert "booking_id" in asked
    assert not {name for name in asked if SECRET.search(name)}


def test_what_has_no_name_in_openapi_is_said_in_its_words() -> None:
    schemas = schemas_of([Problem])

    assert schemas["Problem"]["properties"]["status"]["format"] == "int32"
    assert schemas["Problem"]["properties"]["code"]["x-extensible-enum"] == list(catalogue())


@pytest.mark.anyio
async def test_every_problem_has_a_page(desk: Desk) -> None:
    listed = (await desk.nobody().get("/problems")).json()["items"]

    assert [page["code"] for page in listed] == list(catalogue())
    for page in listed:
        assert (await desk.nobody().get(page["type"])).json() == page
        assert page["status"] == status_of(catalogue()[page["code"]])
        assert page["meaning"]
        assert page["resolution"]
    assert problem(await desk.get("/problems/unheard_of")) == (404, "no_such_problem")


def test_sold_out_shows_its_shortages() -> None:
    (shortage,) = problem_of(catalogue()["sold_out"])["shortages"]

    assert set(shortage) == {"pool_id", "requested", "free", "next_release_at"}
    assert str(example_of(catalogue()["sold_out"])).startswith("2 requested")


@pytest.mark.anyio
async def test_the_reference_comes_from_here_alone(desk: Desk) -> None:
    for path, media_type in (
        ("/docs", "text/html"),
        ("/docs/reference.js", "text/javascript"),
        ("/docs/reference.css", "text/css"),
    ):
        page = await desk.nobody().get(path)
        policy = page.headers["Content-Security-Policy"]
        assert page.headers["Content-Type"].startswith(media_type)
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http:" not in page.text.replace("http://www.w3.org", "")
