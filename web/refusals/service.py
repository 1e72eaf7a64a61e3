"""What is refused of Actions, feedback, settings and calls; told by `web.reason_words`."""

from __future__ import annotations

from web.wording import marked

ACTION_REFUSALS = (
    marked("This request led to an Action already."),
    marked("Only an approved request becomes an Action. Record the decision first."),
    marked("There is no such Action in this facility."),
    marked("There is no Action “%(said)s” in this facility."),
    marked("There is no such result of this Action."),
    marked("The Action cannot go there from where it is. Open its page again."),
    marked("Say what shows that the result was reached."),
    marked("Choose somebody who is an officer or a coordinator of this facility."),
    marked("That day is still to come."),
    marked("Nothing was saved."),
    marked("Nothing was changed."),
    marked("There is no such publication here."),
    marked(
        "This person’s record is %(status)s: nobody who is not active is sent. Ask the focal "
        "point to make the record active first."
    ),
    marked("This is another person’s part. Cancel it and plan one for her."),
    marked("This deployment was cancelled. Plan a new one instead."),
    marked("Say first on which days it was: evidence needs its dates."),
    marked("It is not over yet: its last day is still to come."),
    marked("This deployment is done or cancelled already: it stays as it is."),
    marked("There is no such deployment in this facility."),
    marked("Say why it is called off."),
    marked("Say where this was learnt: a gazette, a letter, a call with the authority."),
    marked("Say why the plan is as it is: whoever reads the next version will ask."),
    marked("What was done cannot begin in the future."),
    marked("A draft of the plan is being written already. Go on with it."),
    marked("This draft is the only plan of the Action. Change it instead."),
    marked("This activity was done: what was done stays in the plan."),
    marked("No activity stands in the plan yet. Add one first."),
    marked("Approve the plan first: nothing of it is carried out yet."),
    marked("An approved plan is not changed. Begin a new version first."),
    marked("There is no such activity in this plan."),
    marked("There is no such activity in the plan of this Action."),
    marked("There is no such version of this plan."),
    marked("There is no such question about an Action of this facility."),
    marked("There is no public catalogue here."),
    marked("A CSV file holds one kind: requests, Actions or activities."),
    marked("A CSV file holds one kind: give what=requests, what=actions or what=activities."),
)
"""Of Actions, their plans and who is deployed."""
FEEDBACK_REFUSALS = (
    marked("This questionnaire is closed. Thank you: nothing more is needed from you."),
    marked("There is no questionnaire here that asks you."),
    marked("More answers came than people can be in a room. Ask for a new link."),
    marked("Some answers need a second look."),
    marked("There is no such question on the scale."),
    marked("There is no such question to write to."),
    marked("This person is not rated here."),
    marked("This form was sent before. Open the link again."),
    marked("Choose one of those listed."),
    marked("Answer this question."),
    marked("This activity belongs to another Action."),
    marked("This answer belongs to another Action."),
    marked("A finding from feedback names the answer; no other one does."),
    marked("Nobody is asked: write who gets a link, or how many people are in the room."),
    marked("This questionnaire was closed before. Send it out anew to ask again."),
    marked("People are reminded once, before the questionnaire is closed."),
    marked("Nothing was sent."),
    marked("The day is past. Choose today or later."),
    marked("Officers answer in the product and need no link."),
    marked("Choose the activity that these questions are about."),
    marked("These questions are about the whole Action."),
    marked("This activity is not in the present plan."),
    marked("A finding is not in this facility."),
    marked("A questionnaire keeps its audience and its occasion. Copy it for another one."),
    marked("A code has small letters, digits and underscores, and starts with a letter."),
    marked("Another questionnaire has this code. Choose a different one."),
    marked("Only the person herself writes what she says to ratings of her."),
    marked("Nobody has rated you here: there is nothing to say something to."),
    marked("This facility does not rate named people."),
    marked("There is no such finding in this facility."),
    marked("There is no such questionnaire sent out in this facility."),
    marked("There is no such questionnaire in this facility."),
    marked("There is no such lesson in this facility."),
)
"""Of questionnaires, findings, lessons and ratings."""
SETTING_REFUSALS = (
    marked("%(rule)s %(version)s ranks instead."),
    marked("Somebody changed the rules since you opened them. Read them again first."),
    marked("Leave one point at least on the checklist."),
    marked("An urgent request cannot have more days than any other."),
    marked("A reminder has to come before the deadlines of calls and releases."),
    marked("Give up to six numbers of months from 1 to 120, each larger than the one before."),
    marked("There are 500 words of your own. Take some back first."),
    marked("This word is on your list already. Take it back to change its meaning."),
    marked("There is no such word."),
    marked("Choose what it means."),
    marked("Choose one of the list."),
    marked("This language is not known."),
    marked("It is read like this already, without your help."),
    marked("Give a word or a phrase of up to 6 words and 80 letters."),
    marked(
        "Give letters and figures only. A * may stand at the end of a word, after 4 letters or "
        "more: it stands for any ending."
    ),
    marked("This is too short to tell it from other words."),
    marked("There is no such facility among those whose reports you may read."),
    marked("The period ends before it begins. Give the earlier day first."),
    marked("This report has no such figure, or it is told without what it counts."),
    marked("A report cannot be made for this."),
    marked("It was made for other features than this version measures: train anew."),
    marked("It was learnt from invented decisions, which never promote a model."),
    marked(
        "It rests on %(count)s real decisions over %(number)s requests; %(most)s over %(all)s "
        "are needed."
    ),
    marked("It was held against %(other)s, but %(version)s is in use now: train anew."),
    marked(
        "Its gain over the one in use is not above zero for sure: %(figure)s on %(count)s "
        "requests that it had not seen."
    ),
    marked("Say why, in at most %(most)s characters."),
    marked("A change of the model is kept with its reason."),
    marked(
        "%(version)s is %(state)s, not a candidate. A version that ranked before is gone back "
        "to, not promoted."
    ),
    marked("%(version)s is %(state)s: only a version that ranked before can be gone back to."),
    marked("%(version)s cannot be promoted."),
    marked("%(version)s was made for other features than this version measures."),
    marked("%(version)s is in use already."),
    marked(
        "There is no model called %(version)s in this facility. 'roster model list' and the "
        "page on the model name all."
    ),
    marked("There is no such version of the model. Choose two on the page on the model."),
    marked("The model %(version)s is neither in the registry nor shipped with this version."),
    marked("The model %(version)s cannot rank: %(error)s."),
    marked(
        "The ranking model in ROSTER_MODEL_DIR cannot be used: %(error)s. Unset it to rank by "
        "the packaged one."
    ),
    marked("This is no address. It looks like https://example.org/hook."),
    marked("The address has to begin with https://."),
    marked("Leave names, passwords and # out of the address; what is sent is signed."),
    marked("This address is not on the public internet. ROSTER_WEBHOOKS_PRIVATE allows it."),
    marked("Nothing of that id was ever sent."),
    marked("It is going to be sent already; due_at says when."),
    marked("There is no such webhook in this facility."),
    marked("Nothing is told of “%(said)s”. Known: %(codes)s."),
    marked("The webhook was not set up. Correct what is named."),
)
"""Of rules, own words, reports, the ranking model and webhooks."""
CALLER_REFUSALS = (
    marked("The audit only grows."),
    marked("This call is being served already. Wait a second and repeat it."),
    marked(
        "An Idempotency-Key is 1 to 200 plain characters, for example a UUID. Make one per call "
        "and send the same again only to repeat that call."
    ),
    marked(
        "This Idempotency-Key was sent before with another body. Make a new key for a new call; "
        "keep the old one for repeating the old call only."
    ),
    marked("This call was done already. Its answer was erased since; read the record."),
    marked(
        "The item to go on from is not in this list any more. Read the list from its beginning."
    ),
    marked("Leave it out to begin anew."),
    marked(
        "Nothing was changed: a table of the database was in use at each of %(count)s tries. "
        "Wait until long reports and backups are done, or stop the servers, and run it again."
    ),
    marked("There is no such job."),
    marked("This job is done, or was stopped before."),
    marked("This job waits, is at work or is done."),
    marked("There is no such kind of problem. All are listed at /api/docs."),
    marked("There is no such topic. GET /taxonomy lists all of them."),
    marked(
        "Somebody changed this record since you read it, and nothing was changed by you. Read "
        "it again, look at what is new, and send your change with its new ETag."
    ),
    marked("If-Match belongs to a record; this address names none."),
    marked(
        "More than %(most)s calls came in a minute. Wait %(count)s s and go on; spread calls, "
        "ask for larger pages, or take an export."
    ),
    marked("Correct the fields named in errors and send this item again."),
    marked(
        "Something that was sent holds a character or a number that cannot be kept. Remove it "
        "and send the request again."
    ),
    marked("The body could not be read. Check that it is complete and of the type it says."),
    marked("This address does not answer this method. See /api/docs for those it does."),
    marked(
        "It was our mistake, and nothing was changed by this request. Try again; if it happens "
        "twice, tell your administrator the request_id."
    ),
    marked("Something here is broken"),
    marked(
        "Nothing stands here, or not for you. The figures are read with ROSTER_METRICS_TOKEN, "
        "or from the machine itself."
    ),
    marked("There is no page about this. See the foot of any page for those there are."),
    marked("There is no page at this address, or none that you may see."),
    marked("This form was sent from another site. Open the page here and try again."),
    marked("The address or the form holds a value of another kind."),
    marked("A field holds a character or a number that cannot be kept. Remove it."),
    marked("Bad Request"),
    marked("Method Not Allowed"),
    marked("Request Timeout"),
    marked("The rest of this call did not come in time."),
    marked(
        "At least %(size)s MB were sent; at most %(most)s MB are read at once. A CV without "
        "pictures is far smaller: save it without them and send it again."
    ),
)
"""Of calls of the API, jobs and the database."""
OF_THE_SERVICE = ACTION_REFUSALS + FEEDBACK_REFUSALS + SETTING_REFUSALS + CALLER_REFUSALS
