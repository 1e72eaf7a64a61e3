"""Who may do what to which row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from roster.errors import NotAllowed, NotFound, NotSignedIn
from roster.policy import (
    GRANTED,
    Actor,
    Grant,
    Permission,
    require,
    system_actor,
    visible_documents,
    visible_experts,
)
from roster.queries.documents import get_document
from roster.queries.experts import (
    ExpertFilter,
    get_expert,
    get_record,
    list_experts,
    sees_contact,
    visible_ids,
)
from roster.read import Contact, Paging
from roster.tables import Document, Expert
from roster.vocabulary import DocumentKind, FactKind, Role
from tests.factories import Factory

P = Permission
MATRIX: dict[Role, set[Permission]] = {
    Role.ADMINISTRATOR: {
        P.SIGNED_IN, P.ADMINISTER, P.MANAGE_MODEL, P.SET_RULES, P.READ_REGISTER,
        P.READ_OPERATIONS,
    },
    Role.COORDINATOR: {
        P.SIGNED_IN, P.READ_ACTIONS, P.READ_REQUESTS, P.WRITE_REQUESTS, P.RANK, P.WRITE_SHORTLIST,
        P.WRITE_TEAM, P.READ_EXPERTS, P.WRITE_EXPERTS, P.UPLOAD_CVS, P.MANAGE_MODEL, P.READ_CALLS,
        P.WRITE_CALLS, P.WRITE_ACTIONS, P.READ_FEEDBACK, P.WRITE_FEEDBACK, P.READ_LESSONS,
        P.DECIDE_LESSONS, P.ERASE_EXPERTS, P.RESTRICT_EXPERTS, P.EXCHANGE_RECORDS, P.READ_REPORTS,
        P.WRITE_ROUNDS, P.READ_REGISTER, P.SET_RULES,
    },
    Role.PROJECT_OFFICER: {
        P.SIGNED_IN, P.READ_ACTIONS, P.READ_REQUESTS, P.WRITE_REQUESTS, P.RANK, P.WRITE_SHORTLIST,
        P.WRITE_TEAM, P.READ_EXPERTS, P.READ_CALLS, P.WRITE_CALLS, P.WRITE_ACTIONS,
        P.READ_FEEDBACK, P.WRITE_FEEDBACK, P.READ_LESSONS, P.READ_REPORTS,
    },
    Role.FOCAL_POINT: {
        P.SIGNED_IN, P.READ_ACTIONS, P.READ_EXPERTS, P.WRITE_EXPERTS, P.UPLOAD_CVS,
        P.READ_CALLS, P.ANSWER_CALLS, P.READ_LESSONS,
    },
    Role.EXPERT: {P.SIGNED_IN, P.READ_EXPERTS},
    Role.LIAISON_OFFICER: {P.SIGNED_IN, P.READ_ACTIONS, P.READ_LESSONS},
    Role.AUDITOR: {
        P.SIGNED_IN, P.READ_ACTIONS, P.READ_REPORTS, P.READ_AUDIT, P.READ_REGISTER,
        P.READ_OPERATIONS,
    },
}  # fmt: skip
"""Said a second time on purpose: who widens a role has to say so here too."""

HERE = uuid4()
COMPLETE: dict[Role, dict[str, Any]] = {
    Role.FOCAL_POINT: {"country": "PT"},
    Role.LIAISON_OFFICER: {"country": "CV"},
    Role.EXPERT: {"expert_id": uuid4()},
}


def _actor(*grants: Grant) -> Actor:
    return Actor(account_id=uuid4(), name="x", facility_id=HERE, grants=grants)


def _grant(role: Role) -> Grant:
    return replace(Grant(role, HERE), **COMPLETE.get(role, {}))


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_matrix_says_and_no_more(role: Role, permission: Permission) -> None:
    allowed = permission in MATRIX[role] or permission is Permission.PUBLIC
    assert _actor(_grant(role)).may(permission) is allowed


def test_every_role_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(GRANTED) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_a_grant_in_another_facility_allows_nothing_here(role: Role) -> None:
    actor = _actor(replace(_grant(role), facility_id=uuid4()))
    assert [one for one in Permission if actor.may(one)] == [Permission.PUBLIC]
    assert not actor.has_role(role)
    assert actor.countries == ()


@pytest.mark.parametrize("role", COMPLETE)
def test_an_incomplete_grant_allows_nothing(role: Role) -> None:
    actor = _actor(Grant(role, HERE))
    assert [one for one in Permission if actor.may(one)] == [Permission.PUBLIC]


@pytest.mark.parametrize("scope", [P.RANK, P.ADMINISTER])
def test_a_key_may_do_what_both_its_scopes_and_its_roles_allow(scope: Permission) -> None:
    actor = replace(_actor(_grant(Role.PROJECT_OFFICER)), scopes=frozenset({scope}))
    allowed = {one for one in Permission if actor.may(one)} - {P.PUBLIC, P.SIGNED_IN}
    assert allowed == {scope} & MATRIX[Role.PROJECT_OFFICER]


def test_the_system_may_do_everything() -> None:
    assert all(system_actor(HERE).may(permission) for permission in Permission)


def test_require_tells_nobody_from_somebody_without_the_role() -> None:
    with pytest.raises(NotSignedIn):
        require(None, P.RANK)
    with pytest.raises(NotAllowed, match="administrator"):
        require(_actor(_grant(Role.AUDITOR)), P.RANK)
    require(_actor(_grant(Role.PROJECT_OFFICER)), P.RANK)


def _seen(session: Session, actor: Actor, permission: Permission = P.READ_EXPERTS) -> set[str]:
    found = session.exec(select(Expert.display_name).where(visible_experts(actor, permission)))
    return set(found)


def test_a_focal_point_sees_her_own_country_only(session: Session) -> None:
    make = Factory(session)
    make.expert("Ana", country="PT")
    make.expert("Benoît", country="FR")
    make.expert("Nobody knows", country=None)
    assert _seen(session, make.actor(Role.FOCAL_POINT, "PT")) == {"Ana"}
    assert _seen(session, make.actor(Role.FOCAL_POINT, "FR")) == {"Benoît"}
    assert _seen(session, make.actor(Role.FOCAL_POINT)) == set()
    assert _seen(session, make.actor(Role.PROJECT_OFFICER)) == {"Ana", "Benoît", "Nobody knows"}


def test_who_may_be_known_of_is_asked_anew_and_the_same_people_are_the_same_set(
    session: Session,
) -> None:
    make = Factory(session)
    ana = make.expert("Ana", country="PT")
    actor = make.actor(Role.PROJECT_OFFICER)
    before = visible_ids(session, actor, P.RANK)
    assert before == {ana.id}
    assert visible_ids(session, actor, P.RANK) is before
    rui = make.expert("Rui", country="PT")
    assert visible_ids(session, actor, P.RANK) == {ana.id, rui.id}
    assert visible_ids(session, make.actor(Role.FOCAL_POINT, "FR"), P.READ_EXPERTS) == set()


def test_a_focal_point_bound_to_bodies_sees_their_people_only(session: Session) -> None:
    make = Factory(session)
    make.expert("Ana", employer="Police")
    make.expert("Rui", employer="Courts")
    make.expert("Eva", employer=None)
    make.expert("Benoît", employer="Police", country="FR")
    bound = make.actor(Role.FOCAL_POINT, "PT", administrations=("Police",))
    assert _seen(session, bound) == {"Ana"}


def test_an_expert_sees_herself_only(session: Session) -> None:
    make = Factory(session)
    ana = make.expert("Ana")
    make.expert("Rui")
    assert _seen(session, make.actor(Role.EXPERT, expert_id=ana.id)) == {"Ana"}


def test_a_permission_that_the_role_lacks_shows_nobody(session: Session) -> None:
    make = Factory(session)
    make.expert("Ana")
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert _seen(session, make.actor(role)) == set()
    assert _seen(session, make.actor(Role.FOCAL_POINT, "PT"), P.RANK) == set()
    assert _seen(session, make.actor(Role.PROJECT_OFFICER), P.WRITE_EXPERTS) == set()


def test_two_grants_add_up_and_neither_widens_the_other(session: Session) -> None:
    make = Factory(session)
    make.expert("Ana", country="PT")
    make.expert("Benoît", country="FR")
    officer_of_france = Grant(Role.PROJECT_OFFICER, make.home.id, "FR")
    both = make.actor(Role.FOCAL_POINT, "PT", also=[officer_of_france])
    assert _seen(session, both) == {"Ana", "Benoît"}
    assert _seen(session, both, P.RANK) == {"Benoît"}
    assert _seen(session, both, P.WRITE_EXPERTS) == {"Ana"}


def test_people_of_another_facility_are_seen_while_they_are_members_here(session: Session) -> None:
    make = Factory(session)
    there = make.facility()
    today = datetime.now(UTC).date()  # The database asks its own clock.
    people = {
        name: make.expert(name, facility=there) for name in ("now", "ended", "later", "never")
    }
    make.member(people["now"], make.home, until=today + timedelta(days=30))
    make.member(people["ended"], make.home, until=today - timedelta(days=3))
    make.member(people["later"], make.home, since=today + timedelta(days=3))
    for actor in (make.actor(), system_actor(make.home.id)):
        assert _seen(session, actor) == {"now"}


def _files(session: Session, actor: Actor, permission: Permission = P.READ_EXPERTS) -> set[str]:
    return set(session.exec(select(Document.sha256).where(visible_documents(actor, permission))))


def test_documents_are_seen_by_country_and_facility(session: Session) -> None:
    make = Factory(session)
    portuguese, french = make.document(country="PT"), make.document(country="FR")
    nowhere = make.document(country=None)
    make.document(facility=make.facility())
    everything = {portuguese.sha256, french.sha256, nowhere.sha256}
    assert _files(session, make.actor(Role.FOCAL_POINT, "PT")) == {portuguese.sha256}
    assert _files(session, make.actor(Role.FOCAL_POINT)) == set()
    assert _files(session, make.actor(Role.AUDITOR)) == set()
    assert _files(session, make.actor(Role.PROJECT_OFFICER)) == everything
    assert _files(session, system_actor(make.home.id)) == everything


def test_documents_of_other_bodies_are_hidden_from_a_bound_focal_point(session: Session) -> None:
    make = Factory(session)
    police = make.document(expert=make.expert("Ana", employer="Police"))
    make.document(expert=make.expert("Rui", employer="Courts"))
    make.document()
    bound = make.actor(Role.FOCAL_POINT, "PT", administrations=("Police",))
    hers = make.document(uploader=bound)
    assert _files(session, bound) == {police.sha256, hers.sha256}
    assert _files(session, bound, P.WRITE_EXPERTS) == {police.sha256, hers.sha256}


def test_an_expert_opens_her_own_documents_only(session: Session) -> None:
    make = Factory(session)
    ana = make.expert("Ana")
    hers = make.document(expert=ana)
    make.document(expert=make.expert("Rui"))
    assert _files(session, make.actor(Role.EXPERT, expert_id=ana.id)) == {hers.sha256}


def test_what_is_not_there_and_what_is_not_yours_are_told_alike(session: Session) -> None:
    make = Factory(session)
    french = make.expert("Benoît", country="FR")
    file = make.document(country="FR", expert=french)
    letter = make.document(kind=DocumentKind.LETTER)
    focal_point = make.actor(Role.FOCAL_POINT, "PT")
    told = set()
    for expert_id in (french.id, uuid4()):
        for ask in (get_expert, get_record):
            with pytest.raises(NotFound) as refused:
                ask(session, focal_point, expert_id)
            told.add((type(refused.value), refused.value.detail))
    assert len(told) == 1
    told.clear()
    for document_id in (file.id, uuid4(), letter.id):
        with pytest.raises(NotFound) as refused:
            get_document(session, focal_point, document_id)
        told.add((type(refused.value), refused.value.detail))
    assert len(told) == 1


def test_contact_data_is_for_those_who_feed_this_record(session: Session) -> None:
    make = Factory(session)
    ana, benoit = make.expert("Ana"), make.expert("Benoît", country="FR")
    for person in (ana, benoit):
        make.fact(person, Contact("x@y.example"))
        make.view(person)
    officer_too = Grant(Role.PROJECT_OFFICER, make.home.id)
    focal_point = make.actor(Role.FOCAL_POINT, "PT", also=[officer_too])
    assert sees_contact(session, focal_point, ana.id)
    assert not sees_contact(session, focal_point, benoit.id)
    assert sees_contact(session, make.actor(Role.EXPERT, expert_id=ana.id), ana.id)
    assert not sees_contact(session, make.actor(Role.PROJECT_OFFICER), ana.id)
    shown = {fact.kind for fact in get_record(session, focal_point, benoit.id).facts}
    assert FactKind.EMAIL not in shown
    assert FactKind.EMAIL in {f.kind for f in get_record(session, focal_point, ana.id).facts}


def test_lists_show_the_same_people_as_records_and_no_drafts(session: Session) -> None:
    make = Factory(session)
    make.view(make.expert("Ana Prates"))
    make.view(make.expert("Álvaro Prates"))
    make.view(make.expert("Benoît Roux", country="FR"))
    make.read_cv("Draft", [])
    focal_point = make.actor(Role.FOCAL_POINT, "PT")
    page = list_experts(session, focal_point, ExpertFilter(), Paging(page=1, per_page=1))
    assert (page.total, [row.display_name for row in page.items]) == (2, ["Álvaro Prates"])
    found = list_experts(session, make.actor(), ExpertFilter(name="PRATES alvaro"), Paging())
    assert [row.display_name for row in found.items] == ["Álvaro Prates"]
    by_country = list_experts(session, make.actor(), ExpertFilter(country="FR"), Paging())
    assert [row.display_name for row in by_country.items] == ["Benoît Roux"]
