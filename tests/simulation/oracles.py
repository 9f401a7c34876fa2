"""What must be true: after every commit, of what clients were told, and in the end."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

import attrs

from domain.calls.status import CallStatus
from domain.kernel.identifiers import OrganizationId
from domain.payments.provider import ProviderStatus, RefundStatus
from tests.simulation.clients import History
from tests.simulation.provider import Account

Finding = tuple[str, str]
"""The name of the oracle, and what it has seen."""

# Each row that one of these finds is a promise broken.
ALWAYS: Mapping[str, str] = {
    "nothing is sold twice": """
        SELECT id || ' ' || taken || ' of ' || (capacity + allowance) FROM pools
        WHERE taken < 0 OR taken > capacity + allowance""",
    "what is taken is claimed": """
        SELECT id || ' ' || taken FROM pools WHERE taken != (
            SELECT coalesce(sum(units), 0) FROM claims
            WHERE claims.organization_id = pools.organization_id AND pool_id = pools.id)""",
    "bookings have what they were promised": """
        SELECT id || ' ' || state FROM bookings WHERE
            (state IN ('held', 'confirmed')) != EXISTS (
                SELECT * FROM claims WHERE claims.organization_id = bookings.organization_id
                AND hold_id = bookings.id)""",
    "nothing of others is touched": """
        SELECT bookings.id FROM bookings JOIN claims ON hold_id = bookings.id
        WHERE claims.organization_id != bookings.organization_id""",
    "money is moved, never made": """
        SELECT transfers.journal_id FROM transfers LEFT JOIN journals ON
            journals.organization_id = transfers.organization_id AND id = journal_id
        WHERE id IS NULL OR amount_minor <= 0 OR debit = credit""",
    "captured is in the books": """
        SELECT booking_id FROM (
            SELECT organization_id, booking_id, captured_minor AS minor FROM payments
            UNION ALL SELECT transfers.organization_id, transfers.booking_id, -amount_minor
            FROM transfers JOIN journals ON id = journal_id AND cause = 'captured')
        GROUP BY organization_id, booking_id HAVING sum(minor) != 0""",
    "what goes back is in the books": """
        SELECT booking_id FROM (
            SELECT organization_id, booking_id, amount_minor AS minor FROM refunds
            WHERE state != 'rejected'
            UNION ALL SELECT transfers.organization_id, transfers.booking_id,
                CASE cause WHEN 'refund_set_aside' THEN -amount_minor ELSE amount_minor END
            FROM transfers JOIN journals ON id = journal_id
            AND cause IN ('refund_set_aside', 'refund_dropped'))
        GROUP BY organization_id, booking_id HAVING sum(minor) != 0""",
    "nothing is offered twice": """
        SELECT booking_id FROM waiting_entries WHERE booking_id IS NOT NULL
        GROUP BY organization_id, booking_id HAVING count(*) > 1""",
    "an offer is as good as its hold": """
        SELECT entry.id || ' ' || entry.state || ', its booking ' || bookings.state
        FROM waiting_entries entry LEFT JOIN bookings ON bookings.id = booking_id
            AND bookings.organization_id = entry.organization_id
        WHERE (entry.state = 'offered') != (coalesce(bookings.state, '') = 'held')""",
    "nothing is kept for nobody": """
        SELECT hold_id || ' ' || pool_id FROM claims WHERE NOT EXISTS (
            SELECT * FROM bookings WHERE bookings.id = hold_id
            AND bookings.organization_id = claims.organization_id
            AND state IN ('held', 'confirmed'))
        AND NOT EXISTS (
            SELECT * FROM waiting_entries entry WHERE entry.id = hold_id
            AND entry.organization_id = claims.organization_id AND state = 'waiting')""",
    "what is free is offered": """
        SELECT id FROM waiting_entries entry WHERE state = 'waiting' AND NOT EXISTS (
            SELECT * FROM waiting_pools wanted JOIN pools ON pools.id = pool_id
                AND pools.organization_id = wanted.organization_id
            WHERE entry_id = entry.id AND wanted.organization_id = entry.organization_id
            AND wanted.units > capacity + allowance - taken + coalesce((
                SELECT sum(saved.units) FROM claims saved WHERE saved.hold_id = entry.id
                AND saved.pool_id = pools.id), 0))""",
    # An offer lasts an hour. Clocks of hosts differ: who joined first is plain a minute later.
    "offers go in order": """
        SELECT passed.id || ' before ' || entry.id FROM waiting_entries entry
        JOIN bookings ON bookings.id = entry.booking_id AND bookings.state = 'held'
        JOIN waiting_entries passed ON passed.organization_id = entry.organization_id
            AND passed.state = 'waiting' AND passed.joined_at < entry.joined_at
        WHERE entry.state = 'offered'
        AND passed.joined_at < datetime(bookings.expires_at, '-61 minutes')
        AND NOT EXISTS (
            SELECT * FROM waiting_pools WHERE entry_id = passed.id AND pool_id NOT IN (
                SELECT pool_id FROM claims WHERE hold_id = bookings.id))""",
    "no agent has two calls": """
        SELECT handler_id || ' ' || count(*) FROM calls WHERE handler_id IS NOT NULL
        AND status IN ('queued', 'ringing', 'in_progress')
        GROUP BY organization_id, handler_id HAVING count(*) > 1""",
    "one key, one effect": """
        SELECT email || ' ' || count(*) FROM bookings WHERE email != 'erased@erased.invalid'
        GROUP BY organization_id, email HAVING count(*) > 1""",
}
HOLDS = "h-"
"""How keys of holds begin; the rest is whom the hold is for."""
MAY_BECOME: Mapping[str, frozenset[str]] = {
    "held": frozenset({"held", "expired", "confirmed", "released"}),
    "confirmed": frozenset({"confirmed", "cancelled"}),
    "cancelled": frozenset({"cancelled"}),
    "released": frozenset({"released", "confirmed"}),  # paid for just too late
}


@attrs.frozen
class Eye:
    """Looks at the file past the program, and remembers how calls ended."""

    file: sqlite3.Connection
    ends: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def on(cls, path: Path) -> "Eye":
        return cls(sqlite3.connect(path, isolation_level=None, check_same_thread=False))

    def rows(self, question: str, *given: str) -> Sequence[tuple[object, ...]]:
        return self.file.execute(question, given).fetchall()

    def always(self) -> Iterator[Finding]:
        for name, question in ALWAYS.items():
            for (what,) in self.rows(question):
                yield name, str(what)
        yield from self._ended_once()

    def _ended_once(self) -> Iterator[Finding]:
        now = {str(id): str(status) for id, status in self.rows("SELECT id, status FROM calls")}
        for id, end in self.ends.items():
            if now.get(id) != end:
                yield "a call ends once", f"{id} was {end} and is {now.get(id)}"
        self.ends.update({id: end for id, end in now.items() if CallStatus(end).is_over})

    def last_offer_lapses(self) -> datetime | None:
        """Of those that nobody has answered yet."""
        ((lapses,),) = self.rows(
            "SELECT max(expires_at) FROM bookings WHERE state = 'held' AND purpose = 'offer'"
        )
        if lapses is None:
            return None
        return datetime.fromisoformat(str(lapses)).replace(tzinfo=timezone.utc)

    def told(self, history: History) -> Iterator[Finding]:
        """Of what clients remember: all is there, and nobody was told two things under a key."""
        for call, agents in history.had_by.items():
            if len(agents) > 1:
                yield "a call is one agent's", f"{call}: {sorted(agents)}"
        yield from self._under_their_keys(history)
        there = {str(id): str(state) for id, state in self.rows("SELECT id, state FROM bookings")}
        for id, state in history.states.items():
            now = there.get(id, "gone")
            if now not in MAY_BECOME[state]:
                yield "what was acknowledged is there", f"{id} was {state} and is {now}"

    def _under_their_keys(self, history: History) -> Iterator[Finding]:
        for key, answers in history.answers.items():
            if len(answers) > 1:
                yield "one key, one effect", f"{key}: {sorted(answers)!r}"
        addresses = {str(email) for (email,) in self.rows("SELECT email FROM bookings")}
        for key in sorted(history.refused):
            if key.startswith(HOLDS) and f"{key.removeprefix(HOLDS)}@example.com" in addresses:
                yield "one key, one effect", f"{key} was refused, and done"


def at_the_provider(
    eye: Eye, organization_id: OrganizationId, account: Account
) -> Iterator[Finding]:
    """All that was taken or given back there is known here."""
    known = {
        str(reference): (captured, refunding)
        for of, reference, captured, refunding in eye.rows(
            "SELECT organization_id, provider_reference, captured_minor, refunding_minor"
            " FROM payments"
        )
        if of == organization_id.hex
    }
    for reference, payment in account.payments.items():
        if payment.status is ProviderStatus.SUCCEEDED:
            captured, refunding = known.get(reference, (0, 0))
            back = sum(
                one.amount.minor
                for one in account.refunds.values()
                if one.payment_reference == reference and one.status is RefundStatus.SUCCEEDED
            )
            if captured != payment.captured.minor or refunding != back:
                there = f"{payment.captured.minor} and {back} there"
                here = f"{captured} and {refunding} here"
                yield "the provider and the books agree", f"{reference}: {there}, {here}"


# In the end nothing is on its way any more; and the provider has refused nobody, so none failed.
FINALLY: Mapping[str, str] = {
    "every call has ended": """
        SELECT id || ' ' || status FROM calls
        WHERE status IN ('scheduled', 'queued', 'ringing', 'in_progress', 'wrapping')""",
    # One desk lets go of what was held in a call that is over, the other holds it for 20 minutes.
    # Ten are left for the news of the end to come, and for the worker to hear of it.
    "holds of ended calls go as the desk has set": """
        SELECT held.subject || ' expired ' || expired.occurred_at || ', call over '
            || calls.ended_at
        FROM event_log held JOIN calls ON calls.id = held.call_id
        JOIN event_log expired ON expired.subject = held.subject
            AND expired.name = 'booking_expired'
        JOIN organizations ON organizations.organization_id = held.organization_id
        WHERE held.name = 'booking_held'
        AND expired.occurred_at > datetime(calls.ended_at, '+10 minutes')
        AND (slug = 'north' OR expired.occurred_at < datetime(calls.ended_at, '+19 minutes'))""",
    "every event is delivered": "SELECT id FROM event_log WHERE position IS NULL",
    "every job is handed over": "SELECT id FROM queued_jobs",
    "every hold is resolved": "SELECT id FROM bookings WHERE state = 'held'",
    "no payment is unknown": """
        SELECT id || ' ' || state FROM payments
        WHERE coalesce(review, '') != 'pending'
        AND (state IN ('created', 'processing', 'failed') OR step IS NOT NULL)""",
    "no refund is unknown": "SELECT id || ' ' || state FROM refunds WHERE state IN "
    "('approved', 'submitted', 'failed')",
}


def finally_(eye: Eye) -> Iterator[Finding]:
    for name, question in FINALLY.items():
        for (what,) in eye.rows(question):
            yield name, str(what)
