"""Written by `python -m tests.api.client_methods`: calls of calling."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.calls import (
    CallOut,
    InterestOut,
    InterestsOut,
    MessageOut,
    NominationOut,
    OneReleaseOut,
    OwnPeopleOut,
    ReadOut,
    ReleaseOut,
    RequestReleasesOut,
    UndeliveredListOut,
)


class Calling(Transport):
    """Calls of calling."""

    def get_call(self, call_id: UUID) -> CallOut:
        """Return a call with its answers."""
        return self.get(f"/calls/{call_id}", CallOut)

    def close_call(self, call_id: UUID) -> CallOut:
        """Close a call; whoever answers later is marked as late."""
        return self.post(f"/calls/{call_id}/close", None, CallOut)

    def answer_nobody(self, call_id: UUID, body: Body) -> CallOut:
        """Say that a country puts nobody forward, and why."""
        return self.post(f"/calls/{call_id}/nobody", body, CallOut)

    def nominate(self, call_id: UUID, body: Body) -> CallOut:
        """Put one of one's own people forward; the same person twice changes the note only."""
        return self.post(f"/calls/{call_id}/nominations", body, CallOut)

    def list_own_people(self, call_id: UUID) -> OwnPeopleOut:
        """Rank a focal point's own people for a call, among themselves."""
        return self.get(f"/calls/{call_id}/people", OwnPeopleOut)

    def list_interests(self, **wanted: Wanted) -> InterestsOut:
        """List what states want to work on; for a focal point her own state's."""
        return self.get("/interests", InterestsOut, **wanted)

    def get_interest(self, country: str) -> InterestOut:
        """Return what one state wants to work on; for a focal point her own state."""
        return self.get(f"/interests/{country}", InterestOut)

    def state_interest(self, country: str, body: Body) -> InterestOut:
        """Say what a state wants to work on, in place of what it said before."""
        return self.put(f"/interests/{country}", body, InterestOut)

    def list_messages(self, **wanted: Wanted) -> Iterator[MessageOut]:
        """List what the caller was told, unread first."""
        return self.pages("/messages", MessageOut, **wanted)

    def read_all_messages(self) -> ReadOut:
        """Mark all of the caller's messages as read."""
        return self.post("/messages/read", None, ReadOut)

    def list_undelivered(self, **wanted: Wanted) -> UndeliveredListOut:
        """List what mail could not deliver, what is tried no more first."""
        return self.get("/messages/undelivered", UndeliveredListOut, **wanted)

    def get_one_message(self, message_id: UUID) -> MessageOut:
        """Return one thing that the caller was told."""
        return self.get(f"/messages/{message_id}", MessageOut)

    def send_again(self, message_id: UUID) -> None:
        """Let mail try once more to deliver a message that it gave up."""
        self.do("POST", f"/messages/{message_id}/again")

    def told_by_hand(self, message_id: UUID) -> None:
        """Write that a message was told in another way, so that it waits no more."""
        self.do("POST", f"/messages/{message_id}/by-hand")

    def read_message(self, message_id: UUID) -> ReadOut:
        """Mark one message as read."""
        return self.post(f"/messages/{message_id}/read", None, ReadOut)

    def get_nomination(self, nomination_id: UUID) -> NominationOut:
        """Return one nomination as it stands; for a focal point one of her own people's."""
        return self.get(f"/nominations/{nomination_id}", NominationOut)

    def withdraw_nomination(self, nomination_id: UUID) -> CallOut:
        """Take a nomination back; a release that rests on it ends with it."""
        return self.post(f"/nominations/{nomination_id}/withdraw", None, CallOut)

    def list_own_releases(self, **wanted: Wanted) -> Iterator[ReleaseOut]:
        """List the releases of a focal point's own people, the latest first."""
        return self.pages("/releases", ReleaseOut, **wanted)

    def give_release(self, body: Body) -> OneReleaseOut:
        """Release one of one's own people in general, for no request in particular."""
        return self.post("/releases", body, OneReleaseOut)

    def get_release(self, release_id: UUID) -> OneReleaseOut:
        """Return one release as it stands; for a focal point one of her own people's."""
        return self.get(f"/releases/{release_id}", OneReleaseOut)

    def grant_release(self, release_id: UUID, body: Body) -> OneReleaseOut:
        """Release a person for a request, with validity."""
        return self.post(f"/releases/{release_id}/grant", body, OneReleaseOut)

    def refuse_release(self, release_id: UUID, body: Body) -> OneReleaseOut:
        """Refuse to release a person, with the reason; seats are open again."""
        return self.post(f"/releases/{release_id}/refuse", body, OneReleaseOut)

    def take_back_release(self, release_id: UUID) -> OneReleaseOut:
        """Ask no longer for a release that nobody has answered."""
        return self.post(f"/releases/{release_id}/take-back", None, OneReleaseOut)

    def withdraw_release(self, release_id: UUID, body: Body) -> OneReleaseOut:
        """Take a granted release back, with the reason."""
        return self.post(f"/releases/{release_id}/withdraw", body, OneReleaseOut)

    def open_call(self, request_id: UUID, body: Body) -> CallOut:
        """Call the focal points of some countries for experts."""
        return self.post(f"/requests/{request_id}/calls", body, CallOut)

    def list_request_releases(self, request_id: UUID) -> RequestReleasesOut:
        """List the releases of a request, and the open seats with whom to ask next."""
        return self.get(f"/requests/{request_id}/releases", RequestReleasesOut)

    def ask_release(self, request_id: UUID, body: Body) -> OneReleaseOut:
        """Ask the home authority to release a person; asked already, nothing changes."""
        return self.post(f"/requests/{request_id}/releases", body, OneReleaseOut)

    def seat_alternate(self, request_id: UUID, seat_id: UUID, body: Body) -> OneReleaseOut:
        """Seat somebody on a seat that came free, and ask for the release."""
        return self.post(f"/requests/{request_id}/seats/{seat_id}/person", body, OneReleaseOut)
