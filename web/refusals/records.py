"""What is refused to accounts, of files, records and notices; told by `web.reason_words`."""

from __future__ import annotations

from web.wording import marked

ACCOUNT_REFUSALS = (
    marked("The address or the password is not right. Check both, or ask your administrator."),
    marked("Too many tries for this address. Wait a quarter of an hour and try again."),
    marked("You are not signed in there."),
    marked("There is no such account."),
    marked("The present password is not right."),
    marked("You have no role in that facility."),
    marked("Your session has ended. Sign in again."),
    marked("This key is not known. Ask your administrator for a new one."),
    marked("This key is no longer valid. Ask your administrator for a new one."),
    marked("There is no account here for this identity. Ask your administrator for one."),
    marked("No record of this facility has this number."),
    marked("An account with this address exists already. Grant it a role instead."),
    marked("Name at least one scope for the key."),
    marked("This account is closed. Open it again first."),
    marked("There is no such role in this facility."),
    marked("You cannot close the account that you are signed in with."),
    marked("This account is not signed in there."),
    marked("This key has ended already. Issue a new one instead."),
    marked("There is no such account in this facility."),
    marked("There is no such key in this facility."),
    marked("Somebody has to administer the facility. Make another administrator first."),
    marked("Take at least %(count)s characters; a few words in a row do well."),
    marked("Take another one: this is the address or the name of the account."),
    marked(
        "Take another one: it is among the first that are tried, made of passwords that became "
        "known, names or patterns. A few words that have nothing to do with each other do well."
    ),
    marked("Nobody signs in with a password here. Use the other way in."),
    marked("This was sent from another site. Open the page here and try again."),
)
"""Of accounts, roles, sessions, keys and passwords."""
UPLOAD_REFUSALS = (
    marked("These are files, each about one person: there are no columns to name."),
    marked("The columns of this upload cannot be named any more. Send the list again."),
    marked("This upload is being worked on. Wait until it is done, or call it off."),
    marked("Say first what the columns of this list are about."),
    marked("This upload was taken in already, or called off. Send it again."),
    marked("Nothing waits in this upload any more. What was taken in stays."),
    marked("There is no such upload on the part of the roster that you can see."),
    marked("Send a list of people by itself, without other files or lists."),
    marked("Say for which country this is."),
    marked("You can upload for your own country only."),
    marked("Give the two letters of ISO 3166-1, for example PT."),
    marked("Choose a country that you are focal point of."),
    marked("Choose one of the countries you answer for."),
    marked(
        "This file has %(size)s MB; at most %(most)s MB are read. A CV without pictures is far "
        "smaller: save it without them and upload again."
    ),
    marked("Say what for: a code or the id of a request."),
    marked("Say first what you open this document for: it is written down."),
    marked("The file itself is not kept any more, or is not yours to open."),
    marked("Choose what you open it for."),
    marked("There is no such document on the part of the roster that you can see."),
    marked("This form is too long to be kept as a draft."),
    marked("Another window keeps a draft of this form. Load the page to see it."),
    marked("Nothing is kept here for you. What is kept, is kept for an hour."),
    marked("This original was stored under another key. Set ROSTER_DOCUMENT_KEY to that key."),
    marked("The keys stand in ROSTER_DOCUMENT_KEY: take the older ones out there."),
    marked(
        "The key stands in ROSTER_DOCUMENT_KEY. Make a new one, put it before the present one "
        "with a comma between, restart, and rotate again."
    ),
)
"""Of files, lists of people, drafts and originals."""
RECORD_REFUSALS = (
    marked("This file is %(state)s: there is nothing to confirm in it."),
    marked("This file was not read. Upload it again."),
    marked("Nothing waits for confirmation in this file any more."),
    marked("That person’s own CV is not confirmed yet. Confirm it first."),
    marked("A decision speaks of a fact that does not wait for one in this CV."),
    marked("There is nothing on the record to keep instead of this fact."),
    marked("Only what is on the record of a known person and not in this CV can be withdrawn."),
    marked("Give the person’s name: it was not read, or it was marked as wrong."),
    marked("Add a fact of kind %(fact)s: %(name)s."),
    marked("There is no such person on the part of the roster that you see."),
    marked("This record is part of another of the same person now."),
    marked(
        "This record went into one on a part of the roster that you cannot see. A coordinator "
        "can undo that."
    ),
    marked("Another record of the same person took this one in. Undo the merge first."),
    marked("A restriction is written down, and lifted, by itself and with its reason."),
    marked("Confirm the CV first: until then this person is not on the roster."),
    marked("The last day lies before the first. Correct one of them."),
    marked("Somebody decided on this since. Look at what stands there now."),
    marked("There is no such fact on this record."),
    marked("A correction is of the kind of what it corrects."),
    marked("The correction of a %(fact)s is not of the right form: %(error)s"),
    marked("The %(fact)s ends before it begins. Correct its dates."),
    marked("This record is not active any more. Your focal point can enter you again."),
    marked("Confirm the CV itself: single decisions are for records that stand."),
    marked("The person would have no name. Correct the name instead."),
    marked("These are one record already."),
    marked("One of the two went into another record already. Undo that merge first."),
    marked("One of the two is restricted: kept and not used. Lift that first."),
    marked("This merge was undone already."),
    marked("The record went into a third one since. Undo that merge first."),
    marked("This was decided already."),
    marked("Keep one of the two records that are compared."),
    marked("There is no such proposal among those that you can decide."),
    marked("There is no such merge."),
    marked("This record is being prepared. Try again in a moment."),
    marked("This fact does not stand on your record."),
)
"""Of people’s records: confirming, correcting, merging, pausing."""
PRIVACY_REFUSALS = (
    marked("A country here has no code. Nothing was changed."),
    marked("Somebody changed this since you opened it. Read it again first."),
    marked("What was given about data protection cannot be read. Nothing was changed."),
    marked(
        "What %(name)s says about data protection cannot be read: %(wrong)s. Set it anew with "
        "'roster privacy set'."
    ),
    marked("No country has the code %(code)s."),
    marked("Give the two letters of ISO 3166-1."),
    marked("This record is on no roster: there is nothing to restrict."),
    marked("This record is not restricted."),
    marked(
        "The person objected herself: only she takes it back, on her page. If an overriding "
        "ground was found, tell her first and write the objection down in your own name."
    ),
    marked("Say why: the person, and whoever looks later, reads it."),
    marked("This is too long."),
    marked("Say why."),
    marked("At most %(count)s characters."),
    marked("There is no such notice."),
    marked("There is no such notice on the part of the roster that you can see."),
    marked("Open the letter first: its link has to reach the person."),
    marked("Your account stands for nobody on the roster. Ask an administrator."),
    marked("A personal link can pause, leave or come back, nothing else."),
    marked("Your record is kept and not used. Lift that first."),
    marked("This link is not valid any more. Ask your focal point for a new one."),
    marked("This link is not valid any more. Ask whoever sent it to you for a new one."),
    marked("This link does not work any more. Ask for a new one."),
    marked("Not told yet that a CV is here: %(name)s."),
    marked(
        "Nobody is proposed before. Their focal point finds the notice to hand over under Notices."
    ),
    marked("No such message waits here: it was sent, read or told since."),
    marked("There is no such message in your box."),
)
"""Of what is said about data protection, of restricted records and of notices."""
OF_RECORDS = ACCOUNT_REFUSALS + UPLOAD_REFUSALS + RECORD_REFUSALS + PRIVACY_REFUSALS
