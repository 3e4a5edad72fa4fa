import pytest

from domain.roles import GUEST, RIGHTS, ROLE_NAMES, Actor, Post, Right, Role, read_role, roles_at
from domain.units import UnitKind
from tests.support.refusals import refused

PROVINCE, COMMUNE, WARD, OTHER = 1, 2, 5, 6


def actor(role: Role, unit_id: int) -> Actor:
    return Actor(person_id=1, name="Cán bộ", posts=(Post(role, unit_id, "Đơn vị"),))


@pytest.mark.parametrize("right", Right)
def test_guest_may_nothing(right: Right) -> None:
    assert not GUEST.may(right, unit_id=WARD, above=(COMMUNE, PROVINCE))


def test_officer_may_submit_for_the_own_unit_only() -> None:
    officer = actor(Role.OFFICER, WARD)

    assert officer.may(Right.SUBMIT, unit_id=WARD, above=(COMMUNE,))
    assert not officer.may(Right.SUBMIT, unit_id=OTHER, above=(COMMUNE,))


@pytest.mark.parametrize("role", [Role.LEADER, Role.STANDING_BODY])
def test_who_leads_sees_all_below_at_any_depth(role: Role) -> None:
    leading = actor(role, PROVINCE)

    assert leading.may(Right.SEE_STATUS, unit_id=COMMUNE, above=(PROVINCE,))
    assert leading.may(Right.SEE_UNIT, unit_id=WARD, above=(COMMUNE, PROVINCE))


def test_an_officer_of_an_authority_does_not_reach_below() -> None:
    assert not actor(Role.OFFICER, COMMUNE).may(Right.SEE_UNIT, unit_id=WARD, above=(COMMUNE,))


def test_nobody_reaches_what_is_above() -> None:
    assert not actor(Role.STANDING_BODY, COMMUNE).may(Right.SEE_UNIT, unit_id=PROVINCE)


def test_who_leads_does_not_hand_in_for_others() -> None:
    assert not actor(Role.STANDING_BODY, COMMUNE).may(Right.SUBMIT, unit_id=WARD, above=(COMMUNE,))


def test_the_farthest_reaching_role_counts() -> None:
    both = Actor(1, "Cán bộ", (Post(Role.OFFICER, WARD, "Phường 5"), Post(Role.STANDING_BODY, COMMUNE, "UBND xã Mẫu")))

    assert (both.role, GUEST.role) == (Role.STANDING_BODY, Role.GUEST)


def test_every_role_has_rights_and_a_name() -> None:
    assert set(RIGHTS) == set(ROLE_NAMES) == set(Role)


@pytest.mark.parametrize("kind", UnitKind)
def test_leaders_serve_authorities_only(kind: UnitKind) -> None:
    assert (Role.LEADER in roles_at(kind, is_owed=False)) == (kind is UnitKind.AUTHORITY)


@pytest.mark.parametrize("kind", UnitKind)
def test_a_unit_to_which_others_owe_has_leaders_whatever_its_kind(kind: UnitKind) -> None:
    assert Role.LEADER in roles_at(kind, is_owed=True)


@pytest.mark.parametrize(
    "text", ["STANDING_BODY", "standing body", "Cơ quan thường trực", "co quan thuong truc", " CƠ QUAN THƯỜNG TRỰC "]
)
def test_a_role_is_read_by_its_code_and_by_its_name(text: str) -> None:
    assert read_role(text) is Role.STANDING_BODY


@pytest.mark.parametrize("text", ["", "GUEST", "Khách", "Giám đốc"])
def test_what_is_no_role_is_refused_with_the_roles_there_are(text: str) -> None:
    with refused("role-unknown"):
        read_role(text)
