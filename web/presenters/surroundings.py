"""The context of a request as a page: what was before, who else works there, who meets there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from roster.dates import PartialDate
from roster.errors import FieldError
from roster.read import RequestDetail
from roster.read.lessons import (
    AgencyProject,
    EarlierWork,
    ProfileEntry,
    Surroundings,
    WorkingGroupView,
)
from roster.reference import profiles
from web.contexts.feedback import FieldForm
from web.contexts.layout import Frame
from web.contexts.lessons import (
    ContextPage,
    CountryProfile,
    EarlierLine,
    GroupBlock,
    ProjectLine,
    ProjectPicture,
    SectionLine,
    Span,
    YearTick,
)
from web.contexts.parts import Chip, Choice, DraftBox, FormField, Link, percent
from web.drafts import compared
from web.feedback_words import reasons, say
from web.forms import error_lines, filled
from web.presenters.feedback import errors_for
from web.presenters.lessons import lesson_lines
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import say as say_state

Typed = Mapping[str, tuple[str, ...]]
NONE: Typed = {}
Begun = Mapping[str, tuple[Typed, DraftBox]]
"""Form → what is typed into it and not stored, and what keeps it."""
_NEW_GROUP = "groups"
_MOST_EARLIER = 30
_ROW = 30
_FOOT = 18


@dataclass(frozen=True, slots=True)
class Sent:
    """The forms of a page that were begun, and the one of them that was refused."""

    begun: Begun
    refused: str = ""
    errors: Sequence[FieldError] = ()

    def of(self, form: str, tongue: Tongue) -> tuple[Typed, Mapping[str, str], DraftBox | None]:
        """Return what is typed into a form, its errors by field, and what keeps it."""
        typed, box = self.begun.get(form, (NONE, None))
        return typed, errors_for(self.errors, tongue) if form == self.refused else {}, box


NOTHING = Sent({})


def forms_in(found: Surroundings) -> dict[str, tuple[str, object]]:
    """Return the forms of the page: where each stands on it, and what is stored of it."""
    sections = {
        _section_name(one.country, one.section): (f"profile-{one.country}", one)
        for one in found.profile
    }
    groups = {_group_name(str(one.id)): ("groups", one) for one in found.groups}
    return {**sections, **groups, _NEW_GROUP: ("groups", None)}


def form_sent(typed: Typed) -> str:
    """Return which form of the page was sent."""
    if "section" in typed:
        return _section_name(_sent(typed, "country"), _sent(typed, "section"))
    return _group_name(_sent(typed, "group"))


def _section_name(country: str, section: str) -> str:
    return f"sections/{country}/{section}"


def _group_name(group_id: str) -> str:
    return f"{_NEW_GROUP}/{group_id}" if group_id else _NEW_GROUP


def context_page(
    frame: Frame,
    tongue: Tongue,
    request: RequestDetail,
    found: Surroundings,
    today: date,
    *,
    writes: bool,
    sent: Sent = NOTHING,
) -> ContextPage:
    """Return what is known around a request, with what was typed and is not stored."""
    _ = tongue.word
    earlier, projects = found.earlier, found.projects
    overlapping = sum(one.overlaps is True for one in projects)
    path = path_of(request, "context")
    return ContextPage(
        frame=frame,
        head=head_of(request, "context", today, tongue),
        finding=_finding(found, tongue),
        lessons=lesson_lines(found.lessons, tongue),
        earlier=tuple(_earlier(one, tongue) for one in earlier[:_MOST_EARLIER]),
        earlier_finding=_earlier_finding(len(earlier), tongue),
        projects=tuple(_project(one, tongue) for one in projects),
        projects_finding=tongue.words(
            "%(num)s project of another agency, %(overlapping)s at the same time",
            "%(num)s projects of other agencies, %(overlapping)s at the same time",
            len(projects),
            overlapping=tongue.number(overlapping),
        )
        if projects
        else _("No project of another agency is known in the country"),
        picture=_picture(projects, found.window, tongue),
        profiles=_profiles(found.profile, tongue, path, writes, sent),
        groups=tuple(_group(one, tongue, path, writes, sent) for one in found.groups),
        new_group=_group_form(None, request.row.countries, tongue, path, sent)
        if writes and request.row.countries
        else None,
    )


def _finding(found: Surroundings, tongue: Tongue) -> str:
    if found.lessons:
        return tongue.words(
            "%(num)s lesson from similar Actions bears on this request",
            "%(num)s lessons from similar Actions bear on this request",
            len(found.lessons),
        )
    if found.earlier:
        return tongue.words(
            "%(num)s earlier request or Action touches the same",
            "%(num)s earlier requests or Actions touch the same",
            len(found.earlier),
        )
    return tongue.word("Nothing earlier touches the same country, body or topic")


def _earlier_finding(count: int, tongue: Tongue) -> str:
    if not count:
        return tongue.word("No earlier request or Action")
    told = tongue.words(
        "%(num)s earlier request or Action", "%(num)s earlier requests or Actions", count
    )
    if count <= _MOST_EARLIER:
        return told
    nearest = tongue.word("the %(most)s nearest are shown", most=tongue.number(_MOST_EARLIER))
    return f"{told}, {nearest}"


def _earlier(one: EarlierWork, tongue: Tongue) -> EarlierLine:
    action = Link(one.action.name, f"/actions/{one.action.code}") if one.action else None
    title = action or Link(one.title, "/requests")
    if one.request_id is not None:
        title = Link(one.title, f"/requests/{one.request_id}")
    outcome = say_state(tongue, one.status) if one.status else ""
    became = say(tongue, one.adopted) if one.adopted else ""
    return EarlierLine(
        title=title,
        action=action if one.request_id is not None else None,
        when=_when(one, tongue),
        outcome=", ".join(filter(None, [outcome, one.outcome_reason])) or tongue.word("an Action"),
        became=". ".join(filter(None, [became, one.adopted_text])),
        why=reasons(tongue, one.why),
    )


def _when(one: EarlierWork, tongue: Tongue) -> str:
    first, last = one.years
    if first is not None:
        return f"{first}–{last}" if last and last != first else str(first)
    if one.received_on is not None:
        return tongue.day(one.received_on)
    return tongue.word("not said")


def _project(one: AgencyProject, tongue: Tongue) -> ProjectLine:
    overlap = Chip("unknown", tongue.word("not known"))
    if one.overlaps is not None:
        overlap = (
            Chip("look", tongue.word("at the same time"))
            if one.overlaps
            else Chip("note", tongue.word("not at the same time"))
        )
    ends = tongue.partial(PartialDate.parse(one.ends)) if one.ends else tongue.word("end unknown")
    starts = tongue.partial(PartialDate.parse(one.starts)) if one.starts else "…"
    return ProjectLine(
        title=one.title,
        agency=one.agency,
        where=tongue.listed([tongue.country(code) for code in one.countries]),
        when=f"{starts} – {ends}",
        overlap=overlap,
        summary=one.summary,
        source=one.source,
    )


def _picture(
    projects: Sequence[AgencyProject], window: tuple[date | None, date | None], tongue: Tongue
) -> ProjectPicture | None:
    """Draw each project as a bar over the years, and the days of the request as a band."""
    dated = [one for one in projects if one.starts]
    if not dated:
        return None
    first_day, last_day = window[0] or window[1], window[1] or window[0]
    starts = [PartialDate.parse(one.starts or "").first_day for one in dated]
    ends = [PartialDate.parse(one.ends).last_day for one in dated if one.ends]
    known = [*starts, *ends, *([first_day, last_day] if first_day and last_day else [])]
    first = min(known).year
    last = max(known).year + 1
    height = len(dated) * _ROW + _FOOT
    step = max(1, (last - first) // 6)
    return ProjectPicture(
        title=tongue.word("When other agencies’ projects run, against the days of this request"),
        height=height,
        spans=tuple(_span(place, one, first, last) for place, one in enumerate(dated)),
        ticks=tuple(
            YearTick(str(year), _x(date(year, 1, 1), first, last))
            for year in range(first, last, step)
        ),
        window_x=_x(first_day, first, last) if first_day else "",
        window_width=percent(max(15, (last_day - first_day).days), _days(first, last))
        if first_day and last_day
        else "",
    )


def _span(place: int, one: AgencyProject, first: int, last: int) -> Span:
    """Return the bar of one dated project in its row; `first` and `last` are years."""
    begin = PartialDate.parse(one.starts or "").first_day
    end = PartialDate.parse(one.ends).last_day if one.ends else date(last, 1, 1)
    return Span(
        label=f"{one.code} ({one.agency})",
        x=_x(begin, first, last),
        width=percent((end - begin).days + 1, _days(first, last)),
        y=place * _ROW,
        overlaps=one.overlaps is True,
        open=one.ends is None,
    )


def _days(first: int, last: int) -> int:
    return (date(last, 1, 1) - date(first, 1, 1)).days


def _x(day: date, first: int, last: int) -> str:
    return percent((day - date(first, 1, 1)).days, _days(first, last))


def _profiles(
    found: Sequence[ProfileEntry], tongue: Tongue, path: str, writes: bool, sent: Sent
) -> tuple[CountryProfile, ...]:
    by_country: dict[str, list[ProfileEntry]] = {}
    for one in found:
        by_country.setdefault(one.country, []).append(one)
    return tuple(
        CountryProfile(
            id=f"profile-{country}",
            title=tongue.word("Migration profile of %(country)s", country=tongue.country(country)),
            written=tongue.words(
                "%(num)s of %(all)s sections is written",
                "%(num)s of %(all)s sections are written",
                sum(bool(one.text) for one in entries),
                all=tongue.number(len(entries)),
            ),
            sections=tuple(
                SectionLine(
                    title=profiles.label(one.section, tongue.code),
                    text=one.text,
                    source=", ".join(
                        filter(None, [one.source, tongue.day(one.as_of) if one.as_of else ""])
                    ),
                    form=_section_form(one, tongue, path, sent) if writes else None,
                )
                for one in entries
            ),
        )
        for country, entries in by_country.items()
    )


def _section_form(one: ProfileEntry, tongue: Tongue, path: str, sent: Sent) -> FieldForm:
    _ = tongue.word
    fields = (
        FormField("text", _("Text"), "textarea", value=one.text, required=True),
        FormField("source", _("Source"), "text", value=one.source, required=True),
        FormField(
            "as_of",
            _("Day of the source"),
            "date",
            value=one.as_of.isoformat() if one.as_of else "",
            required=True,
        ),
    )
    form = FieldForm(
        title=_("Write this section anew") if one.text else _("Write this section"),
        action=f"{path}/sections",
        fields=fields,
        button=_("Keep the section"),
        hidden=(("country", one.country), ("section", one.section)),
    )
    return _begun(form, _section_name(one.country, one.section), tongue, sent)


def _begun(form: FieldForm, name: str, tongue: Tongue, sent: Sent) -> FieldForm:
    """Return a form with what was typed into it and is not stored."""
    typed, errors, box = sent.of(name, tongue)
    prefix = f"{name.replace('/', '-')}-"
    shown = tuple(replace(filled(field, typed, errors), prefix=prefix) for field in form.fields)
    return replace(
        form,
        fields=shown,
        errors=error_lines(shown),
        draft=compared(box, form.fields, shown, tongue) if box else None,
        open=bool(errors or (box and box.title)),
    )


def _sent(typed: Typed, name: str) -> str:
    return typed.get(name, ("",))[-1]


def _group(
    one: WorkingGroupView, tongue: Tongue, path: str, writes: bool, sent: Sent
) -> GroupBlock:
    return GroupBlock(
        title=one.name,
        mandate=one.mandate,
        members=tuple((member.institution, member.function) for member in one.members),
        form=_group_form(one, (one.country or "",), tongue, path, sent) if writes else None,
    )


def _group_form(
    one: WorkingGroupView | None, countries: Sequence[str], tongue: Tongue, path: str, sent: Sent
) -> FieldForm:
    _ = tongue.word
    fields = (
        FormField("name", _("Name of the group"), "text", value=one.name if one else ""),
        FormField(
            "country",
            _("Country"),
            "select",
            choices=tuple(Choice(code, tongue.country(code)) for code in countries),
        ),
        FormField(
            "mandate", _("What it is for"), "textarea", value=one.mandate if one else "", rows=2
        ),
        FormField(
            "members",
            _("Members"),
            "textarea",
            value=_members_text(one) if one else "",
            hint=_("One a line: institution; function. No names of persons."),
        ),
    )
    form = FieldForm(
        title=_("Change this group") if one else _("Write a group down"),
        action=f"{path}/groups",
        fields=fields,
        button=_("Keep the group"),
        hidden=(("group", str(one.id)),) if one else (),
    )
    return _begun(form, _group_name(str(one.id) if one else ""), tongue, sent)


def _members_text(one: WorkingGroupView) -> str:
    """Return the members as they are typed: one a line, institution and function."""
    return "\n".join(
        "; ".join(filter(None, [member.institution, member.function])) for member in one.members
    )


def group_from(typed: Typed) -> dict[str, Any]:
    """Return what the form of a group says, for validation; members stand one a line."""
    members = []
    for line in _sent(typed, "members").splitlines():
        institution, _, function = line.partition(";")
        if institution.strip():
            members.append({"institution": institution.strip(), "function": function.strip()})
    return {
        "name": _sent(typed, "name"),
        "country": _sent(typed, "country"),
        "mandate": _sent(typed, "mandate"),
        "members": members,
    }
