"""Two records beside each other, in words; what is private is told as agreement only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roster.read import ExpertRow, MergeProposalRow, MergeRow, PageOf, RecordPair
from web.contexts.layout import Frame, Head
from web.contexts.merges import DoneMerge, MergesPage, PairCard, PairSide, SamePage
from web.contexts.parts import Chip, Empty, Link, PostButton
from web.presenters.persons import name_of
from web.tongues import Tongue
from web.wording import say


def merges_page(
    frame: Frame, tongue: Tongue, waiting: PageOf[MergeProposalRow], done: Sequence[MergeRow]
) -> MergesPage:
    """Return the questions that wait, and the merges that can be undone."""
    left = waiting.total - len(waiting.items)
    return MergesPage(
        frame=frame,
        head=Head(
            title=_finding(tongue, waiting.total),
            crumbs=(Link(tongue.word("Experts"), "/experts"),),
            here=tongue.word("Same person"),
        ),
        pairs=tuple(_asked(tongue, one) for one in waiting.items),
        more=tongue.words("%(num)s more waits.", "%(num)s more wait.", left) if left > 0 else "",
        done=tuple(done_merge(tongue, one) for one in done),
        empty=None
        if waiting.items
        else Empty(
            tongue.word("No two records wait to be compared"),
            tongue.word(
                "Who may be one person in two countries comes here when a CV is confirmed."
            ),
            (Link(tongue.word("See the people"), "/experts"),),
        ),
    )


def _finding(tongue: Tongue, waiting: int) -> str:
    if not waiting:
        return tongue.word("Nobody seems to stand here twice")
    return tongue.words(
        "%(num)s person may stand here twice", "%(num)s people may stand here twice", waiting
    )


def _asked(tongue: Tongue, one: MergeProposalRow) -> PairCard:
    action = f"/merges/proposals/{one.id}"
    apart = PostButton(tongue.word("Two people"), action, (("decision", "different"),))
    return pair_card(tongue, one.pair, action, apart=apart)


def pair_card(
    tongue: Tongue, pair: RecordPair, action: str, *, apart: PostButton | None = None
) -> PairCard:
    """Return two records side by side.

    Parameters
    ----------
    action : where it is said that they are one: POST with `decision` and `keep`
    """
    rows, chips = (pair.first, pair.second), tuple(_chips(tongue, pair))
    told = {chip.words for chip in chips}
    reasons = [tongue.word(one) for one in pair.reason.split(", ") if one]
    return PairCard(
        id=f"p{pair.first.id.hex[:8]}{pair.second.id.hex[:8]}",
        sides=tuple(_side(tongue, row, action) for row in rows),
        chips=chips,
        reason=tongue.listed([one for one in reasons if one not in told]),
        apart=apart,
    )


def _side(tongue: Tongue, row: ExpertRow, action: str) -> PairSide:
    unknown = tongue.word("unknown")
    return PairSide(
        person=name_of(row, tongue),
        facts=(
            (
                tongue.word("Country"),
                tongue.country(row.home_country) if row.home_country else unknown,
            ),
            (tongue.word("Post"), row.headline or unknown),
            (tongue.word("Kind"), say(tongue, row.kind) if row.kind else unknown),
            (
                tongue.word("Confirmed"),
                tongue.day(row.confirmed_on) if row.confirmed_on else tongue.word("never"),
            ),
        ),
        keep=PostButton(
            tongue.word("One person: keep this record"),
            action,
            (("decision", "same"), ("keep", str(row.id))),
        ),
    )


def _chips(tongue: Tongue, pair: RecordPair) -> Iterator[Chip]:
    for agrees, yes, no, unknown in (
        (
            pair.same_birth_year,
            tongue.word("same year of birth"),
            tongue.word("another year of birth"),
            tongue.word("year of birth unknown"),
        ),
        (
            pair.same_email,
            tongue.word("same e-mail address"),
            tongue.word("another e-mail address"),
            tongue.word("e-mail address unknown"),
        ),
        (
            pair.same_employer,
            tongue.word("same employer"),
            tongue.word("another employer"),
            tongue.word("employer unknown"),
        ),
    ):
        if agrees is None:
            yield Chip("unknown", unknown)
        else:
            yield Chip("pass" if agrees else "look", yes if agrees else no)


def done_merge(tongue: Tongue, one: MergeRow) -> DoneMerge:
    """Return what was merged, by whom, and the button that parts it again."""
    who = one.by or tongue.word("a closed account")
    words = tongue.word("by %(who)s, %(day)s", who=who, day=tongue.day(one.at.date()))
    if one.undone_at:
        undone = tongue.word("undone on %(day)s", day=tongue.day(one.undone_at.date()))
        words = f"{words}; {undone}"
    undo = PostButton(tongue.word("Part the two records again"), f"/merges/{one.id}/undo")
    return DoneMerge(
        kept=name_of(one.kept, tongue),
        absorbed=one.absorbed.display_name or tongue.word("Name not read"),
        words=words,
        undo=None if one.undone_at else undo,
    )


def same_page(
    frame: Frame,
    tongue: Tongue,
    own: ExpertRow,
    pairs: Sequence[RecordPair],
    *,
    query: str,
) -> SamePage:
    """Return records that may be of the same person as one's own."""
    action = f"/experts/{own.id}/same"
    searched = tongue.word("Nobody else whom you keep has this name.")
    likely = tongue.word("Nobody whom you keep is like this person. Search by name.")
    return SamePage(
        frame=frame,
        head=Head(
            title=tongue.word("Is %(name)s on the roster twice?", name=own.display_name),
            crumbs=(
                Link(tongue.word("Experts"), "/experts"),
                Link(own.display_name, f"/experts/{own.id}"),
            ),
            here=tongue.word("Same person"),
        ),
        action=action,
        query=query,
        pairs=tuple(pair_card(tongue, pair, f"{action}/{pair.second.id}") for pair in pairs),
        empty=None
        if pairs
        else Empty(
            tongue.word("Nobody found"),
            searched if query else likely,
            (Link(tongue.word("Back to the record"), f"/experts/{own.id}"),),
        ),
    )
