"""What becomes of a change that another system is told of."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Whether another system took what it was told."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    """Tried as often as is sensible; somebody may send it again."""


class DeliveryProblem(StrEnum):
    """Why another system did not take what it was told."""

    ADDRESS_UNKNOWN = "address_unknown"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    NOT_REACHED = "not_reached"
    TOO_SLOW = "too_slow"
    REDIRECTED = "redirected"
    REFUSED = "refused"
