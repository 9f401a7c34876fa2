"""What to do about a problem, by what part of the world it is about."""

from collections.abc import Mapping

from domain.kernel.refusals import Category

RESOLUTIONS: Mapping[Category, str] = {
    Category.VALIDATION: (
        "Mend the request: it is refused again as it stands. `errors`, where there are any, say "
        "where. Do not repeat it."
    ),
    Category.AUTHENTICATION: (
        "Show a valid API key, or sign in again, and repeat the request with the same "
        "`Idempotency-Key`."
    ),
    Category.AUTHORIZATION: (
        "Ask an administrator of the organization for the permission, or use a key that has it. "
        "Do not repeat it before."
    ),
    Category.BUSINESS_RULE: (
        "Read what things are like now, and let whoever asked choose something else. What was "
        "refused stays refused until something changes."
    ),
    Category.CONCURRENCY: (
        "Somebody else was quicker: read again, decide again, and send the new version along. "
        "After `Retry-After`, if there is one, the same request may succeed."
    ),
    Category.DATABASE: (
        "Repeat the request with the same `Idempotency-Key` after `Retry-After`. If it goes on, "
        "operators look at the database and at the log line with this `instance`."
    ),
    Category.EXTERNAL_SERVICE: (
        "Repeat the request with the same `Idempotency-Key` after `Retry-After`: something that "
        "this depends on is away. If it goes on, operators look at `/readyz`."
    ),
    Category.RATE_LIMIT: (
        "Wait as long as `Retry-After` says, and go by `RateLimit` from then on."
    ),
    Category.SYSTEM: (
        "Repeat the request with the same `Idempotency-Key`, waiting longer each time. If it goes "
        "on, tell operators the `instance`: the log has what happened."
    ),
}
