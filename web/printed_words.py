"""Why printed figures differ from those counted: the reasons that ship with the facts of the book.

They are written where the facts are, in English; marked here, so that every catalogue has them.
"""

from __future__ import annotations

from web.wording import marked

REASONS = (
    marked("The book counts Brazil and India as completed but describes neither in its annex."),
    marked(
        "Brazil and India stand in the list of completed requests without an entry in the annex."
    ),
    marked(
        "The sentence names 42 completed, 31 ongoing, 16 rejected and 7 forwarded; it leaves "
        "out the four in preparation, which the table shows."
    ),
    marked(
        "The five printed regional figures add up to 69, neither to the 73 Actions of the "
        "table nor to the 71 of the annex. They may predate the last Actions of 2015; that is"
        " a guess."
    ),
    marked(
        "One more in the annex than printed; the printed figure may predate the last Action "
        "of 2015."
    ),
    marked("They agree only because India has no entry; with India there would be 15."),
    marked("They agree only because Brazil has no entry of its own; with it there would be 12."),
    marked(
        "One more in the annex than printed; Lebanon started in June 2015, perhaps after the count."
    ),
    marked(
        "34 of the 69 printed Actions would be 49.3, 34 of 73 would be 46.6; the printed 49.5"
        " cannot be reproduced. The annex has 35 of 71."
    ),
    marked(
        "The annex also lists activities still planned in ongoing Actions, and lacks those of"
        " Brazil and India."
    ),
    marked(
        "The book does not say whether its 245 include activities already held in ongoing "
        "Actions; completed Actions alone explain 157."
    ),
    marked("The foreword rounds up."),
    marked(
        "They agree, but no record names the persons: the annex gives countries, not numbers."
        " Belgium, Bulgaria, Germany, Malta and Romania appear in more Actions than they have"
        " experts, so one expert served several times or some were no officials."
    ),
    marked(
        "60 countries have a row of their own, 69 stand in any row, joint requests included; "
        "66 signed one. None of these gives 61."
    ),
    marked(
        "Counts every country that would benefit from a joint request, whether or not its "
        "authorities signed it."
    ),
    marked(
        "The book does not list the members of the regional organisations; with their "
        "membership of 2015, Brazil and India the Actions reach 82 countries. 109 cannot be "
        "rebuilt."
    ),
    marked("They agree when the rejected request of SADC is counted."),
    marked(
        "The book's own list in section 1.6 leaves out Argentina and Brazil, which would be "
        "the eighth."
    ),
    marked(
        "They agree, though the book does not say which Cabo Verde Action it means; by our "
        "rule it is the second."
    ),
    marked(
        "The topic line of the second Paraguay Action names data as well; the book leaves it out."
    ),
    marked(
        "The page describes 35 Actions of the annex and a later one in Nigeria; it prints no "
        "total. Start dates differ in most of them by some months, either way."
    ),
    marked(
        "The book prints no number; it cites Mali and Southeast Asia as mixed teams, for "
        "which the annex names experts of one side only."
    ),
    marked("Benin and Jordan come on top of the stricter rule: their own officials are listed."),
    marked(
        "Adds an academic team (Cabo Verde II) and a private expert from Ukraine (Kyrgyzstan I)."
    ),
    marked(
        "Adds the two Actions with Moldova and the Eastern Partnership, whose experts are "
        "printed as groups."
    ),
    marked("One fiche holds two projects in Honduras."),
    marked(
        "The book lists no activities that would add up to it: its annex has 336, those still"
        " planned in ongoing Actions included and those of Brazil and India missing; "
        "completed Actions alone have 157."
    ),
    marked(
        "No record names the persons: the annex gives the countries of experts, not how many "
        "there were. The table of experts by state adds up to 165."
    ),
    marked("As above: the annex names a kind of expert, not how many."),
    marked("As above."),
    marked("The annex gives participants of a few events only."),
    marked("The book does not list the members of the regional organisations that it counts."),
    marked(
        "Only the captions of the graphs are text; what they draw cannot be read off as numbers."
    ),
    marked("The book shows it in a graph whose values are not written out."),
    marked("The book counts persons; its annex names the countries of experts, Action by Action."),
    marked(
        "The book counts persons; its annex names the countries of experts, Action by Action."
        " It is named in more Actions than the book counts experts: one person served several"
        " times, or some were no officials."
    ),
    marked("The book's table counts its experts, the annex names it in no Action."),
    marked("The annex names it, the book's table of experts does not."),
)
