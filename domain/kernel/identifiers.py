"""Identifiers, one type each, so that a booking can never be passed for a resource."""

from typing import NewType
from uuid import UUID

ActorId = NewType("ActorId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
BookingId = NewType("BookingId", UUID)
EventId = NewType("EventId", UUID)
HoldId = NewType("HoldId", UUID)
JobId = NewType("JobId", UUID)
OrganizationId = NewType("OrganizationId", UUID)
PoolId = NewType("PoolId", str)
QuoteId = NewType("QuoteId", UUID)
ResourceId = NewType("ResourceId", UUID)
