"""The closed lists of data protection: regimes, purposes, bases, what is kept for how long."""

from enum import StrEnum


class Regime(StrEnum):
    """Under which law a facility holds data on people."""

    EUDPR = "eudpr"
    """Regulation (EU) 2018/1725: institutions, bodies and agencies of the Union."""
    GDPR = "gdpr"
    """Regulation (EU) 2016/679: Member States and whoever works in the Union."""
    ORGANISATION = "organisation"
    """The rules of an international organisation of its own."""
    NATIONAL = "national"
    """The law of a country outside the Union."""


class Purpose(StrEnum):
    """What data on people is used for: each purpose has a basis of its own."""

    FIND = "find"
    """Finding officials who fit a request, and ranking them."""
    PROPOSE = "propose"
    """Shortlisting, asking for release, proposing to the authority."""
    DEPLOY = "deploy"
    """Sending people and keeping the record of their missions."""
    LEARN = "learn"
    """Feedback, lessons, and the ranking model."""
    REPORT = "report"
    """Figures about Actions, without names."""
    ACCOUNTS = "accounts"
    """Accounts of staff, focal points and guests."""
    SECURITY = "security"
    """Recording who saw and did what."""


class Basis(StrEnum):
    """Why a purpose is lawful."""

    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"


class Kept(StrEnum):
    """Classes of data, each kept for a time of its own."""

    ORIGINALS = "originals"
    """Files of CVs, from their confirmation on."""
    RECORDS = "records"
    """People whom nobody confirmed or sent since."""
    VIEWS = "views"
    """Who saw whom, and to whom data was handed."""
    MESSAGES = "messages"
    """What accounts and guests were told."""
    LETTERS = "letters"
    """Text and counterpart of requests that were closed."""


class RestrictionGround(StrEnum):
    """Why a record is kept but not used."""

    OBJECTION = "objection"
    """The person objects to being ranked and proposed."""
    CONTESTED = "contested"
    """She says that it is wrong, and that is being looked at."""
    UNLAWFUL = "unlawful"
    """It should not be held, but she does not want it erased."""
    CLAIM = "claim"
    """She needs it for a claim of hers."""


class DisclosureMeans(StrEnum):
    """How data on a person left."""

    FILE = "file"
    LETTER = "letter"
    KEY = "key"
    LINK = "link"
    OWN_COPY = "own_copy"
