"""What is said of fields, terms and of what was read, as forms."""

from __future__ import annotations

from web.wording import marked

CHECKS = (
    marked("The last day lies before the first."),
    marked("A last day needs a first one."),
    marked("More women than participants."),
    marked("Give a year, a month or a day that exists, for example 2027-03."),
    marked("Name one Action or finding at least that it rests on."),
    marked("Each question needs a code of its own."),
    marked("Say why it is dismissed."),
    marked("Holds the character with the number 0; remove it."),
    marked("An expert needs the number of her record, nobody else."),
    marked("Say for which country."),
    marked("There are not so many days in that time."),
    marked("Write the question in one language at least."),
    marked("Give two answers at least, each with its own code."),
    marked("A person is rated on the scale only."),
    marked("Send one link for the room or one to each, not both."),
    marked("Say why you do not vote for it."),
    marked("Say to whom: one facility, or one body outside."),
    marked("Only what is forwarded goes to somebody."),
    marked("A lesson is confirmed or dismissed."),
    marked("Give it with the verdict 'correct', and only then."),
)
"""What the checks of an input over several fields say, as sentences."""
KINDS_OF_VALUE = (
    marked("Give this: it is missing."),
    marked("There is no such field here. Check its spelling."),
    marked("This is no valid JSON from here on."),
    marked("Character %(number)s."),
    marked("Give a JSON object, with Content-Type: application/json."),
    marked("Give a JSON object."),
    marked("Give a list."),
    marked("Give text."),
    marked("Give some text: it is empty."),
    marked("Give true or false."),
    marked("Give a whole number."),
    marked("Give a number."),
    marked("Give an id as the API gives it, 36 characters with hyphens."),
    marked("Send the file as multipart/form-data."),
    marked("Give a day that exists, as YYYY-MM-DD, for example 2027-03-01."),
    marked("This is not of the form asked for: see /api/docs."),
    marked("(In the query.)"),
    marked("(In the path.)"),
    marked("(In the header.)"),
)
"""What a field of another kind than asked for is answered, as in `api.wording`."""
LIMITS = (
    marked("Give at most %(most)s characters."),
    marked("Give at most %(most)s items."),
    marked("Give at least %(most)s items."),
    marked("Give a number of at least %(number)s."),
    marked("Give a number of at most %(number)s."),
    marked("Give a number above %(number)s."),
    marked("Give a number below %(number)s."),
    marked("Choose one of: %(list)s."),
)
"""What a field beyond its limits is answered."""
TERMS = (
    marked("Some terms are not in the lists of the roster."),
    marked("The country “%(said)s” is not known."),
    marked("The language “%(said)s” is not known."),
    marked("The topic “%(said)s” is not known."),
    marked("The regional body “%(said)s” is not known."),
    marked("The region “%(said)s” is not known."),
    marked("The area “%(said)s” is not known."),
    marked("The rule “%(said)s” is not known."),
    marked("Known are: %(list)s."),
    marked("Did you mean %(near)s?"),
    marked("Give the two letters of ISO 3166-1, for example CI for Côte d’Ivoire."),
    marked("Give the code of ISO 639, for example fr for French."),
    marked("Give the year of birth with four digits, for example 1979."),
    marked("Give the e-mail address in full, for example name@ministry.example."),
    marked("The request says too little: name a topic or a type of activity, or paste the letter."),
    marked("Name at least one topic, or one type of activity below."),
    marked("Or paste the letter here: it is read for topics."),
)
"""Terms that are in no list, with the nearest one, and what to give instead."""
FORM_WORDS = (marked("This is not of the form asked for."),)
"""What a form of a page is answered where no other words are known."""
READ_NOTES = (
    marked(
        "The layout of this old Word document could not be read, only its words: look at tables."
    ),
    marked("The encoding was guessed (%(text)s); check accented letters."),
    marked("Sheets that are hidden or hold no cells were not read: %(list)s."),
    marked(
        "Page %(list)s is a picture, read by text recognition: compare each value with the page."
    ),
    marked(
        "Pages %(list)s are pictures, read by text recognition: compare each value with the page."
    ),
    marked(
        "%(number)s more pages that are pictures were not read: it would have taken too long. "
        "Send a file with a text layer, or the pages of the CV alone."
    ),
    marked("Page %(list)s was not read. %(rule)s"),
    marked("The language of this letter was not recognised, so no field is proposed."),
    marked("Letters in this language (%(language)s) cannot be read yet, so no field is proposed."),
)
"""What a reader tells of a file or letter that it read."""
ROW_NOTES = (
    marked("Row %(number)s, column '%(text)s': %(rule)s"),
    marked("Row %(number)s: %(rule)s"),
    marked("it has no name, so no person can be made of it."),
    marked("%(number)s cannot be the year of birth of an expert."),
    marked("'%(text)s' looks like a formula; write the words."),
    marked("'%(text)s' is no e-mail address."),
    marked("'%(text)s' is no telephone number."),
    marked("'%(text)s' is no nationality or country that is known."),
    marked("'%(text)s' is no country that is known."),
    marked("'%(text)s' is no language that is known."),
    marked("'%(text)s' is no level: write A1 to C2."),
    marked("'%(text)s' is no level: write A1 to C2, or native."),
    marked("'%(text)s' is no topic that is known, and is left out."),
    marked("'%(text)s' is no country that is known, and is left out."),
    marked("'%(text)s' is no year or date of birth."),
    marked("'%(text)s' is no kind of expert that is known."),
    marked("'%(text)s' is no date: write it as 2027-06-30."),
)
"""What was not understood in a row of a list, and where."""
OF_INPUTS = CHECKS + KINDS_OF_VALUE + LIMITS + TERMS + FORM_WORDS + READ_NOTES + ROW_NOTES
