"""What is refused of requests, calls and releases; told by `web.reason_words`."""

from __future__ import annotations

from web.wording import marked

REQUEST_REFUSALS = (
    marked("The point “%(said)s” is not known."),
    marked("Give the letter once: as text or as a file."),
    marked("Paste the letter here, or send it as file."),
    marked("A request that is %(stage)s cannot become %(following)s."),
    marked("Say why: a request is rejected or forwarded with its reason."),
    marked("This request goes on as %(code)s: open that one and go on there."),
    marked(
        "A request is approved, rejected or forwarded by a decision: record it with its day, "
        "reason and minutes under Decision."
    ),
    marked("The action fiche moves the request on: draft or submit it under Fiche."),
    marked("Answer every point of the checklist under Screening first; “unknown” needs a note."),
    marked("There is no such application round in this facility."),
    marked("There is no such application round in this facility. Choose one of those listed."),
    marked("There are no such guidelines in this facility. Choose one of the versions listed."),
    marked("There is no such version of the guidelines in this facility."),
    marked("Another round has this name already. Choose another name."),
    marked(
        "The round “%(said)s” covers some of these days already. Choose days outside of it, or "
        "change that round first."
    ),
    marked("There is no such country."),
    marked("There is no such working group in this facility."),
    marked("There is no such section of a migration profile."),
    marked("The day is still to come. Give the day that the source speaks of."),
    marked("There is no such need. Open one from the matrix of coverage."),
    marked("This state has not said what it wants to work on."),
)
"""Of requests and their terms, rounds, guidelines and countries."""
DECISION_REFUSALS = (
    marked("This facility’s checklist has no such point. Choose one of: %(codes)s."),
    marked("Say in the note why it cannot be told yet."),
    marked("This day is still to come. Give the day on which it was decided."),
    marked("This day lies before the one on which the request was received."),
    marked("There is no such other facility here. Choose one of those listed, or name a body."),
    marked(
        "%(count)s of %(most)s votes that the rules ask for are cast. Wait for the others, or "
        "say why it is decided without them."
    ),
    marked(
        "Submit the action fiche to the %(body)s first: nothing lies before it that could be "
        "approved."
    ),
    marked("This day is still to come. Give the day on which you spoke."),
    marked("Write the objective before the fiche is submitted."),
    marked("Name at least one result before the fiche is submitted."),
    marked("Plan at least one activity before the fiche is submitted."),
    marked(
        "Version %(number)s is %(fiche)s, so its words stay. Begin a new version to change them."
    ),
    marked("Version %(number)s is %(fiche)s already."),
    marked("Screen the request first: the fiche is drafted for what was screened."),
    marked("A request that is %(stage)s takes no new fiche."),
    marked("Version %(number)s is still a draft: go on with that one."),
    marked("The request is %(stage)s: its fiche stays as it is."),
    marked("There is no such fiche in this facility."),
    marked("There is no such version of this fiche."),
    marked("There are no such two versions of this fiche. Ask for versions it has."),
    marked("There is no such guest in this facility."),
    marked("This link does not work any more. Invite the guest again for a new one."),
    marked("No address is known of this guest: hand the link over instead."),
    marked("There is nothing to read behind this link yet: share or submit the fiche."),
    marked("Very many comments came from this link. Write to the officer instead."),
    marked("Only members of the steering body vote. Comments are welcome."),
    marked("This fiche was not submitted yet: there is nothing to vote on."),
    marked("This fiche takes no comments and no votes any more: it was decided on."),
    marked("Choose at least two different requests."),
    marked("The fiche of %(code)s lies before the steering body: wait for its decision."),
    marked("%(code)s is %(stage)s: only open requests can be changed."),
    marked("%(code)s is no country of this request. Add it to the request’s fields first."),
)
"""Of screening, fiches, guests and decisions."""
CALL_REFUSALS = (
    marked("Give a day that is not over: focal points need time to answer."),
    marked("No focal point of %(code)s has an account yet."),
    marked("%(code)s was asked already and has not answered yet."),
    marked("Not every country can be asked."),
    marked("You are no focal point of this country."),
    marked("Say for which of your countries you answer."),
    marked("This person’s record is %(status)s: only who is active can be nominated."),
    marked("This call is for no such seat."),
    marked("This person has been deployed: a nomination cannot be taken back now."),
    marked("There is no such call to your country."),
    marked("There is no such call here."),
    marked("You have nominated somebody. Withdraw the nomination first."),
    marked("There is no such nomination of yours."),
    marked("There is no such nomination here."),
    marked("This request is %(stage)s: nobody is looked for any more."),
    marked("Give a day that is not over: the authority needs time to answer."),
    marked("This person’s record is %(status)s: nobody releases her."),
    marked("This person has left the list of the request. Take her back there first."),
    marked("This release is %(outcome)s: it is not waited for any more."),
    marked("Somebody sits here already."),
    marked("This day is over: give the last day of the release."),
    marked("Only a release that is granted and still valid can be withdrawn."),
    marked("This person has been deployed: the release cannot be withdrawn now."),
    marked("This release is %(outcome)s already: no answer is wanted."),
    marked("There is no such release here."),
    marked("There is no such seat in the teams kept for this request."),
    marked("There is no such entry on a shortlist of this facility."),
    marked(
        "This person’s record is %(status)s: nobody who is not active can be shortlisted. Ask "
        "the focal point to make the record active first."
    ),
    marked("Say why the person leaves the list."),
    marked("Somebody moved this person since. Look at where she stands now."),
    marked("A release was asked for this person: she leaves the list with a reason instead."),
    marked("This record is kept and not used: nobody may propose the person."),
    marked("Nobody is selected. Tick the boxes of the people whom you mean."),
    marked("The note was rewritten since you read it."),
    marked("There is no such ranking of this request."),
    marked("A stored ranking is never changed; rank again to make a new one."),
)
"""Of calls, nominations, releases and shortlists."""
OF_REQUESTS = REQUEST_REFUSALS + DECISION_REFUSALS + CALL_REFUSALS
