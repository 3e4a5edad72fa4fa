"""A file of units, clusters and officers: all of it or nothing, and the same file twice is once."""

from collections.abc import Sequence
from datetime import date

import pytest

from demo.sample import AUTHORITY, UNITS
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from usecases.organisation.founding import ClusterEntry, OfficerEntry, Organisation, UnitEntry, caretaker
from usecases.organisation.imports.entering import ImportView, import_organisation, preview_import
from usecases.people.invite_sheets import issue_sheet, list_sheets
from usecases.people.invites import list_invitable
from usecases.people.joining import JoinForm, join, read_invite
from usecases.people.staff import list_members

BODY = 700
HAMLETS = (
    UnitEntry("ap-2", "Ấp 2", UnitKind.HAMLET, "ap-hoi", cells={"authority": "Đơn vị!D2"}),
    UnitEntry("ap-hoi", "Hội ấp", UnitKind.HAMLET, AUTHORITY, cells={"authority": "Đơn vị!D3", "name": "Đơn vị!B3"}),
)
CLUSTER = ClusterEntry("cum-ap", "Cụm ấp", ClusterKind.CLUSTER, AUTHORITY, (("ap-hoi", ClusterRole.HEAD),))


def some(name: str = "Cán bộ Hội ấp", *, phone: str | None = "+84900000009", role: Role = Role.OFFICER) -> OfficerEntry:
    return OfficerEntry("ap-hoi", name, "Văn thư", phone, role, cells={"role": "Cán bộ!E2"})


def given(
    *units: UnitEntry, clusters: Sequence[ClusterEntry] = (), officers: Sequence[OfficerEntry] = ()
) -> Organisation:
    return Organisation(units, tuple(clusters), tuple(officers))


async def enter(stage: Stage, organisation: Organisation, *, chat_id: int = BODY) -> ImportView:
    async with acting(stage, chat_id) as ctx:
        view = await preview_import(ctx, organisation)
    async with acting(stage, chat_id) as ctx:
        return await import_organisation(ctx, organisation, seen=view.seen)


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    await officer(stage, AUTHORITY, chat_id=BODY, role=Role.STANDING_BODY)
    return stage


async def test_units_come_in_whatever_their_order_and_a_second_time_nothing(stage: Stage) -> None:
    file = given(*HAMLETS, clusters=[CLUSTER], officers=[some()])

    first, again = await enter(stage, file), await enter(stage, file)

    assert (first.units, first.clusters, first.officers, first.changes) == (2, 1, 1, ())
    assert again.is_empty
    async with acting(stage, BODY) as ctx:
        unit = await ctx.uow.units.with_code("ap-2")
        assert unit is not None
        assert len(await ctx.uow.units.above(unit.id)) == 2


async def test_names_and_places_are_changed_as_announced(stage: Stage) -> None:
    renamed = UnitEntry("phuong-5", "Phường Năm", UnitKind.COMMUNE, AUTHORITY)
    moved = ClusterEntry("cum-2", "Cụm Hai", ClusterKind.CLUSTER, AUTHORITY, (("phuong-5", ClusterRole.MEMBER),))

    view = await enter(stage, given(renamed, clusters=[moved]))

    assert view.changes == (
        "Đổi tên từ hôm nay: Phường 5 thành Phường Năm",
        "Đổi tên: Cụm 2 thành Cụm Hai",
        "Phường 5: chuyển từ Cụm 1 sang Cụm Hai, thành viên",
    )
    async with acting(stage, BODY) as ctx:
        unit = await ctx.uow.units.with_code("phuong-5")
        assert unit is not None
        cluster = await ctx.uow.clusters.of_unit(unit.id, day=ctx.today)
        before = await ctx.uow.successions.names({unit.id}, day=date(2026, 5, 1))
        assert (unit.name, cluster and cluster.name, before[unit.id]) == ("Phường Năm", "Cụm Hai", "Phường 5")
    assert (await enter(stage, given(renamed, clusters=[moved]))).is_empty


def unit(code: str, authority: str | None, *, kind: UnitKind = UnitKind.HAMLET, row: int = 2) -> UnitEntry:
    cells = {"code": f"Đơn vị!A{row}", "kind": f"Đơn vị!C{row}", "authority": f"Đơn vị!D{row}"}
    return UnitEntry(code, "Phường 5" if code == "phuong-5" else "Ấp mới", kind, authority, cells=cells)


def cluster(authority: str, *members: str) -> ClusterEntry:
    cells = {"authority": "Cụm!D2", **dict.fromkeys(members, "Cụm!E2")}
    seats = tuple((member, ClusterRole.MEMBER) for member in members)
    return ClusterEntry("cum-9", "Cụm 9", ClusterKind.CLUSTER, authority, seats, cells=cells)


FAULTY = (
    (given(unit("ap-1", "khong-co")), "Đơn vị!D2: không có đơn vị mã «khong-co»"),
    (given(unit("ap-1", None)), "Đơn vị!D2: thiếu mã cơ quan"),
    (given(unit("a", "b"), unit("b", "a", row=3)), "Đơn vị!D3: vòng lặp: b → a → b"),
    (given(unit("phuong-5", AUTHORITY)), "Đơn vị!C2: Phường 5 đang là loại khác"),
    (
        given(unit("phuong-5", "phuong-6", kind=UnitKind.COMMUNE)),
        "Đơn vị!D2: Phường 5 đang thuộc cơ quan khác",
    ),
    (given(clusters=[cluster("khong-co")]), "Cụm!D2: không có đơn vị mã «khong-co»"),
    (given(clusters=[cluster(AUTHORITY, "ap-9")]), "Cụm!E2: không có đơn vị mã «ap-9»"),
    (given(officers=[some()]), "không có đơn vị mã «ap-hoi»"),
    (given(*HAMLETS[1:], officers=[some(role=Role.LEADER)]), "Cán bộ!E2: ở «ap-hoi» chỉ có: Cán bộ, Thủ trưởng"),
)


async def test_one_fault_and_nothing_is_entered(stage: Stage) -> None:
    good = UnitEntry("ap-tot", "Ấp Tốt", UnitKind.HAMLET, AUTHORITY)
    told = []
    for file, _ in FAULTY:
        with refused("organisation-faults") as refusal:
            await enter(stage, Organisation((good, *file.units), file.clusters, file.officers))
        told.append(refusal.value.text.splitlines())

    async with acting(stage, BODY) as ctx:
        assert await ctx.uow.units.with_code("ap-tot") is None
    for lines, (_, fault) in zip(told, FAULTY, strict=True):
        assert any(line.startswith(fault) for line in lines), lines


async def test_a_unit_that_has_ended_is_not_entered_again(stage: Stage) -> None:
    async with acting(stage, BODY) as ctx:
        unit = await ctx.uow.units.with_code("phuong-5")
        assert unit is not None
        unit.valid_to = date(2026, 5, 1)
        await ctx.uow.commit()

    with refused("organisation-faults"):
        await enter(stage, given(UnitEntry("phuong-5", "Phường 5", UnitKind.COMMUNE, AUTHORITY)))


async def test_two_files_at_once_and_the_second_is_asked_to_look_again(stage: Stage) -> None:
    async with acting(stage, BODY) as ctx:
        seen = (await preview_import(ctx, given(*HAMLETS))).seen
    await enter(stage, given(HAMLETS[1]))

    async with acting(stage, BODY) as ctx:
        with refused("import-changed"):
            await import_organisation(ctx, given(*HAMLETS), seen=seen)


async def test_nobody_enters_anything_below_another_authority(stage: Stage) -> None:
    await officer(stage, "phuong-6", chat_id=600, role=Role.UNIT_HEAD)

    with refused("organisation-faults"):
        await enter(stage, given(HAMLETS[1]), chat_id=600)


async def test_the_caretaker_enters_topmost_authorities(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        office = await caretaker(ctx)
    other = UnitEntry("xa-khac", "UBND xã Khác", UnitKind.AUTHORITY, None)

    async with stage.app.contexts.open(office) as ctx:
        view = await import_organisation(ctx, given(*UNITS, other))

    assert view.units == 1


async def accept(stage: Stage, code: str, *, phone: str, chat_id: int = 900) -> None:
    async with stage.app.contexts.open() as ctx:
        await join(
            ctx,
            code,
            JoinForm(consent=CONSENT_VERSION, name="Cán bộ Hội ấp", position="Văn thư", phone=phone),
            channel="telegram",
            chat_id=chat_id,
        )


async def test_a_sheet_has_a_card_for_each_unit_without_an_officer_and_each_person_expected(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await enter(stage, given(*HAMLETS, officers=[some(), some("Hội trưởng", phone=None, role=Role.UNIT_HEAD)]))

    async with acting(stage, BODY) as ctx:
        sheets = [(sheet.name, sheet.cards) for sheet in await list_sheets(ctx)]
        cards = await issue_sheet(ctx, days=30)
        unit = await ctx.uow.units.with_code("ap-hoi")
        assert unit is not None
        expected = (await list_members(ctx, unit.id)).expected

    assert expected == ("Cán bộ Hội ấp", "Hội trưởng")
    named = [(card.unit_name, card.role, card.name) for card in cards if card.name]
    assert sheets == [("Mọi đơn vị", 13), ("Cụm 1", 5), ("Cụm 2", 6)]
    assert len({card.code for card in cards}) == 13
    assert "Phường 5" not in {card.unit_name for card in cards}
    assert named == [("Hội ấp", Role.OFFICER, "Cán bộ Hội ấp"), ("Hội ấp", Role.UNIT_HEAD, "Hội trưởng")]


async def test_an_invite_by_name_is_for_the_phone_it_was_made_for_and_for_once(stage: Stage) -> None:
    await enter(stage, given(*HAMLETS, officers=[some()]))
    codes = []
    for _ in range(2):
        async with acting(stage, BODY) as ctx:
            codes += [card.code for card in await issue_sheet(ctx, days=30) if card.name]
    async with stage.app.contexts.open() as ctx:
        offer = await read_invite(ctx, codes[0])

    with refused("invite-of-another-phone"):
        await accept(stage, codes[0], phone="0900000008")
    await accept(stage, codes[1], phone="0900000009")
    with refused("invite-useless"):
        await accept(stage, codes[0], phone="0900000009", chat_id=901)

    assert (offer.name, offer.position) == ("Cán bộ Hội ấp", "Văn thư")
    assert (await enter(stage, given(*HAMLETS, officers=[some("Cán bộ Hội Ấp Mới")]))).is_empty


async def test_only_the_standing_body_prints_invites(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await issue_sheet(ctx, days=30)
        with refused("standing-body-only"):
            await list_invitable(ctx)
