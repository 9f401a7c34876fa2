"""The ways a business rule can say no.

A refusal states *what* went wrong, never how to report it: the edge looks at its kind to choose
an HTTP status, at its severity to choose a log level. Its attributes are published with it, so
they never carry anything internal or personal.
"""

from enum import Enum
from typing import ClassVar

import attrs


class Category(Enum):
    """What part of the world a refusal is about; reports and alerts group by it."""

    VALIDATION = "validation"
    AUTHENTICATION = "authentication"
    AUTHORIZATION = "authorization"
    BUSINESS_RULE = "business_rule"
    CONCURRENCY = "concurrency"
    DATABASE = "database"
    EXTERNAL_SERVICE = "external_service"
    RATE_LIMIT = "rate_limit"
    SYSTEM = "system"


class Severity(Enum):
    """How much attention a refusal deserves from whoever operates the desk."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@attrs.frozen
class Refusal(Exception):
    """A rule said no. `code` is the stable name that API consumers match on."""

    code: ClassVar[str]
    category: ClassVar[Category] = Category.BUSINESS_RULE
    severity: ClassVar[Severity] = Severity.LOW


@attrs.frozen
class Invalid(Refusal):
    """The request contradicts itself or a fixed rule and will never succeed as it stands.

    `field` names the offending member of the request in its own words, or is empty when the rule
    is about the whole.
    """

    category: ClassVar[Category] = Category.VALIDATION
    field: ClassVar[str] = ""


@attrs.frozen
class Forbidden(Refusal):
    """The request is fine, but not from this actor."""

    category: ClassVar[Category] = Category.AUTHORIZATION
    severity: ClassVar[Severity] = Severity.MEDIUM


@attrs.frozen
class NotFound(Refusal):
    """The thing the request is about does not exist, or not for this actor."""


@attrs.frozen
class Conflict(Refusal):
    """The request made sense, but not in the current state of the world."""
