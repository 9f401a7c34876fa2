"""The books of a million bookings, made by the database itself, for figures about money.

Whoever paid was charged, paid by card and cost the provider's fee; one in twenty got a part back.
"""

SOLD = """
INSERT INTO bookings (organization_id, id, version, reference, state, kind, resource_id, title,
    email, starts_at, ends_at, expires_at, extendable_until, total_minor, currency, agreement)
SELECT organization_id, id, 1, {reference}, state, kind, resource_id, 'Double room',
    'ann@example.com', starts_at, starts_at, booked_at, booked_at, total_minor, currency,
    {document}
FROM booking_facts
"""
JOURNALS = """
INSERT INTO journals (organization_id, id, cause, about, booking_id, occurred_at)
WITH {numbers}, said (part, cause, of_booking) AS (VALUES (1, 'captured', 1),
    (2, 'charged', 1), (3, 'fee', 0), (4, 'refund_set_aside', 1), (5, 'refund_paid', 1)),
paid AS (
    SELECT n AS booking, n * 8 + part AS n, cause, of_booking,
        {began} + {seconds} * n / {many} + 90 + part AS moment
    FROM numbers, said WHERE n * 7919 % 1000 < 800 AND (part < 4 OR n % 20 = 0)
)
SELECT {organization}, {id}, cause, 'row ' || n, CASE WHEN of_booking = 1 THEN {booking} END,
    {at:moment}
FROM paid
"""
TRANSFERS = """
INSERT INTO transfers (organization_id, journal_id, number, booking_id, debit, credit,
    amount_minor, currency)
WITH said (cause, number, debit, credit, share) AS (VALUES
    ('captured', 1, 'clearing', 'deposits', 100), ('charged', 1, 'receivable', 'sales', 90),
    ('charged', 2, 'receivable', 'tax', 10), ('charged', 3, 'deposits', 'receivable', 100),
    ('fee', 1, 'provider_fees', 'clearing', 2),
    ('refund_set_aside', 1, 'deposits', 'refunds', 50),
    ('refund_paid', 1, 'refunds', 'clearing', 50))
SELECT journals.organization_id, journals.id, said.number, journals.booking_id, debit, credit,
    99 * share, coalesce(bookings.currency, 'EUR')
FROM journals JOIN said ON said.cause = journals.cause
LEFT JOIN bookings ON bookings.organization_id = journals.organization_id
    AND bookings.id = journals.booking_id
"""
MONEY = (SOLD, JOURNALS, TRANSFERS)
