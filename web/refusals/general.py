"""What is refused of access, rankings, teams and plans; titles of refusals; outages."""

from __future__ import annotations

from web.wording import marked

TITLES = (
    marked("This could not be done"),
    marked("Some fields need correcting"),
    marked("The request says too little to rank people"),
    marked("A term is not known"),
    marked("Nothing stands here"),
    marked("This record is part of another now"),
    marked("The mail could not be sent"),
    marked("You may not do this"),
    marked("Sign in first"),
    marked("The record has changed or is not ready for this"),
    marked("This file cannot be read"),
    marked("This file is too large"),
    marked("Wait before the next try"),
    marked("The key belongs to another call"),
    marked("The same call is being served"),
    marked("The record was changed since you read it"),
    marked("The service waits for its database"),
    marked("This took too long and was given up"),
)
"""The titles of the domain's errors, as `roster.errors` spells them."""
OUTAGES = (
    marked(
        "The database does not answer at the moment. Nothing was changed by this. Try again in a "
        "moment; the service goes on by itself as soon as the database is back."
    ),
    marked(
        "Everything is in use at the moment, and nothing was changed by this. Try again in a "
        "moment."
    ),
    marked(
        "Somebody else is changing the same record at this moment, and nothing was changed by "
        "this. Try again in a moment."
    ),
    marked(
        "The database took longer over this than it may, and it was given up: nothing was changed. "
        "Ask for less at a time, or try again later; if it happens again, tell your administrator."
    ),
    marked(
        "There is no room left on the disk of the service, and nothing was changed by this. Tell "
        "your administrator; it goes on by itself as soon as there is room."
    ),
    marked(
        "Nothing can be written to the database at the moment, and nothing was changed by this. "
        "Tell your administrator: the disk, or the database, can only be read."
    ),
)
"""What `roster.db` says of a database or a disk that is away, busy or full."""
RANKING_REFUSALS = (
    marked("Name a topic or a type of activity, or add the letter: nothing to rank by yet."),
    marked("Choose at least one topic."),
    marked("Some weights cannot be applied."),
    marked("Give a known feature a factor from 0 to %(most)s."),
    marked("A weight is a number from 0 to 3."),
    marked("People left the roster just now. Rank again."),
    marked(
        "This record is %(status)s, so nobody can rank it. Once its CV is confirmed it stands in "
        "the next ranking."
    ),
    marked("This request was not ranked yet: rank it first, or name a ranking."),
    marked("That ranking was made for another request."),
)
TEAM_REFUSALS = (
    marked("These rules contradict each other."),
    marked("Nobody can be asked in and out at once."),
    marked("Nobody with a conflict of interest can be asked in."),
    marked("Add seats or ask fewer."),
    marked("Nobody can keep two seats."),
    marked("%(count)s people are kept together and there are %(number)s seats: add seats."),
    marked("Somebody must be in who is kept together with somebody left out."),
    marked("The same people are kept together and apart."),
    marked("Two people must be in who are kept apart."),
    marked(
        "%(before)s never deployed before and %(count)s who served before do not fit into "
        "%(number)s seats."
    ),
    marked("%(count)s never deployed before do not fit into %(number)s seats."),
    marked("%(count)s who served before do not fit into %(number)s seats."),
    marked("The last day lies before the first."),
    marked("These days are over: give days to come."),
    marked("Seat %(number)s needs %(count)s days, of %(all)s."),
    marked("The activity alone takes %(count)s days, more than %(most)s a year."),
    marked("A %(mode)s team has %(number)s to %(most)s seats."),
    marked("A team has 1 to %(most)s seats."),
    marked("Give %(number)s to %(most)s seats."),
    marked("This team cannot be put together."),
    marked("%(count)s seats need as many places, open ones too."),
    marked("Nobody can sit in two seats."),
    marked("Somebody here is not in this ranking: rank again, or leave the seat open."),
    marked("This team breaks rules."),
    marked("Say why the team is kept although it breaks: %(rules)s."),
    marked("Nobody sits in this team yet."),
    marked("These rules admit no such team. Compose again and choose one of those shown."),
    marked("This team was changed on its way: compose it again."),
)
PLAN_REFUSALS = (
    marked("Some requests cannot be planned as asked."),
    marked("No open request with this id falls into the period."),
    marked("Name each request once."),
    marked("A request stands twice in this portfolio. Name each once."),
    marked("Its dates are over: give the request days to come."),
    marked("%(count)s requests are open in this period; %(most)s at most can be planned together."),
    marked("Choose a shorter period, or leave requests out."),
)
ACCESS_REFUSALS = (
    marked("Sign in to go on."),
    marked("Send an API key in the header Authorization: Bearer …, or sign in in the browser."),
    marked("Your account has no role that allows this here. Ask your administrator for the role."),
    marked("There is no such address. The operations are listed at /api/docs."),
    marked("There is no such request in this facility."),
    marked("There is no such ranking in this facility."),
    marked("There is no such team in this facility."),
    marked("There is no such team for this request."),
    marked("Nobody with this id is on the part of the roster that you can see."),
    marked("Correct the fields named in errors and send the request again."),
)
IN_GENERAL: tuple[str, ...] = (
    TITLES + OUTAGES + RANKING_REFUSALS + TEAM_REFUSALS + PLAN_REFUSALS + ACCESS_REFUSALS
)
