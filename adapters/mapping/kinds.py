"""The kinds of booking there are, and how their requests and offerings are stored."""

from typing import Any

from adapters.mapping.attendees import accept_bare_names
from adapters.sql.documents import new_converter, tagged
from domain.bookings.car import CarBookingRequest, CarClass
from domain.bookings.excursion import Excursion, ExcursionBookingRequest
from domain.bookings.flight import Flight
from domain.bookings.flight_request import FlightBookingRequest
from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.training import CourseSession, TrainingBookingRequest
from domain.kernel.offerings import Offering

converter = new_converter()
accept_bare_names(converter)
tagged(
    converter,
    Offering,
    {
        "car": CarClass,
        "excursion": Excursion,
        "flight": Flight,
        "hotel": RoomType,
        "training": CourseSession,
    },
)
tagged(
    converter,
    BaseBookingRequest,
    {
        "car": CarBookingRequest,
        "excursion": ExcursionBookingRequest,
        "flight": FlightBookingRequest,
        "hotel": HotelBookingRequest,
        "training": TrainingBookingRequest,
    },
)


def request_document(request: BaseBookingRequest) -> dict[str, Any]:
    """With its kind."""
    document: dict[str, Any] = converter.unstructure(request, unstructure_as=BaseBookingRequest)
    return document
