"""Identifiers, one type each, so that a booking can never be passed for a resource."""

from typing import NewType
from uuid import UUID

ActorId = NewType("ActorId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
BlockId = NewType("BlockId", UUID)
BookingId = NewType("BookingId", UUID)
CancellationQuoteId = NewType("CancellationQuoteId", UUID)
ChangeQuoteId = NewType("ChangeQuoteId", UUID)
DiscountCodeId = NewType("DiscountCodeId", UUID)
EventId = NewType("EventId", UUID)
HoldId = NewType("HoldId", UUID)
ImportId = NewType("ImportId", UUID)
IntentId = NewType("IntentId", UUID)
ItineraryId = NewType("ItineraryId", UUID)
JobId = NewType("JobId", UUID)
MemberId = NewType("MemberId", UUID)
OrganizationId = NewType("OrganizationId", UUID)
PoolId = NewType("PoolId", str)
QuoteId = NewType("QuoteId", UUID)
ResourceId = NewType("ResourceId", UUID)
SeriesId = NewType("SeriesId", UUID)
SessionId = NewType("SessionId", UUID)
TrainerId = NewType("TrainerId", UUID)
UnitId = NewType("UnitId", UUID)
VenueId = NewType("VenueId", UUID)
WaitingId = NewType("WaitingId", UUID)
