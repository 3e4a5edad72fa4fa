"""Authorities nest: a province over a commune over its schools, and another province beside it, in one database."""

from datetime import date, timedelta

import pytest

from domain.roles import Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from plans.catalogue import shipped_plan
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting
from usecases.duties.opening import open_duties
from usecases.duties.progress import list_duties
from usecases.duties.views import read_duty
from usecases.groups.binding import bind_cluster
from usecases.groups.following import leave_group
from usecases.groups.progress import read_progress
from usecases.organisation.founding import ClusterEntry, UnitEntry, found_organisation
from usecases.outbox.sending import count_waiting
from usecases.people.invites import invite, list_invitable
from usecases.plans.loading import load_plan
from usecases.reminders.nudges import nudge
from usecases.status.export import export_rows
from usecases.status.status import list_clusters, list_status, read_status
from usecases.status.views import StatusView

UNITS = (
    UnitEntry("tinh", "UBND tỉnh", UnitKind.AUTHORITY, None),
    UnitEntry("xa-tren", "UBND xã Trên", UnitKind.COMMUNE, "tinh"),
    UnitEntry("xa-duoi", "UBND xã Dưới", UnitKind.COMMUNE, "tinh"),
    UnitEntry("so", "Sở Nội vụ", UnitKind.DEPARTMENT, "tinh"),
    UnitEntry("truong-1", "Trường Một", UnitKind.SCHOOL, "xa-duoi"),
    UnitEntry("truong-2", "Trường Hai", UnitKind.SCHOOL, "xa-duoi"),
)
BLOCK = ClusterEntry(
    "khoi-1",
    "Khối 1",
    ClusterKind.BLOCK,
    "xa-duoi",
    (("truong-1", ClusterRole.HEAD), ("truong-2", ClusterRole.MEMBER)),
)
PROVINCE, COMMUNE, SCHOOL, OTHER = 901, 902, 903, 904


@pytest.fixture
async def nested(stage: Stage) -> Stage:
    """Beside the sample commune: a leader at the province, one at its commune, an officer at the commune's school."""
    async with stage.app.contexts.open() as ctx:
        await found_organisation(ctx, units=UNITS, clusters=[BLOCK], since=date(2025, 7, 1))
    for code, authority in (("ke-hoach-tinh", "tinh"), ("ke-hoach-xa", "xa-duoi")):
        text = shipped_plan("mau-2026").replace("code: mau-2026", f"code: {code}")
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, text, authority=authority, file=code)
    await stage.open_duties()
    for chat_id, unit, role in (
        (PROVINCE, "tinh", Role.LEADER),
        (COMMUNE, "xa-duoi", Role.LEADER),
        (SCHOOL, "truong-1", Role.OFFICER),
        (OTHER, "tinh-mau", Role.LEADER),
    ):
        await stage.let_join(chat_id, name="Người dùng", phone=f"0900000{chat_id}", unit=unit, role=role)
    return stage


async def report_seen_by(stage: Stage, chat_id: int) -> StatusView:
    async with acting(stage, chat_id) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")
        return await read_status(ctx, duty_id)


@pytest.mark.parametrize(
    ("chat_id", "missing"),
    [(PROVINCE, ["UBND xã Trên", "UBND xã Dưới", "Sở Nội vụ"]), (COMMUNE, ["Trường Một", "Trường Hai"])],
)
async def test_a_leader_sees_what_is_owed_to_their_own_authority(
    nested: Stage, chat_id: int, missing: list[str]
) -> None:
    status = await report_seen_by(nested, chat_id)

    assert [unit.name for unit in status.missing] == missing


@pytest.mark.parametrize("chat_id", [PROVINCE, OTHER, SCHOOL])
async def test_the_status_of_another_authority_is_refused(nested: Stage, chat_id: int) -> None:
    duty_id = (await report_seen_by(nested, COMMUNE)).duty_id

    for ask in (read_status, export_rows, nudge):
        async with acting(nested, chat_id) as ctx:
            with refused("status-hidden"):
                await ask(ctx, duty_id)


async def test_clusters_of_another_authority_are_not_listed(nested: Stage) -> None:
    names = {}
    for chat_id in (PROVINCE, COMMUNE, OTHER):
        async with acting(nested, chat_id) as ctx:
            names[chat_id] = [cluster.name for cluster in await list_clusters(ctx)]

    assert names == {PROVINCE: [], COMMUNE: ["Khối 1"], OTHER: ["Cụm 1", "Cụm 2"]}


async def test_a_unit_of_another_authority_is_invisible(nested: Stage) -> None:
    async with acting(nested, SCHOOL) as ctx:
        duty_id = (await list_duties(ctx))[0].id

    async with acting(nested, OTHER) as ctx:
        with refused("duty-of-another-unit"):
            await read_duty(ctx, duty_id)


async def test_a_standing_body_invites_below_itself_and_nowhere_else(nested: Stage) -> None:
    await nested.let_join(905, name="Thường trực tỉnh", phone="0900000005", unit="xa-duoi", role=Role.STANDING_BODY)

    async with acting(nested, 905) as ctx:
        invitable = [unit.code for unit in await list_invitable(ctx)]

    assert invitable == ["xa-duoi", "truong-1", "truong-2"]
    for unit in ("tinh", "so", "phuong-5"):
        async with acting(nested, 905) as ctx:
            with refused("standing-body-only"):
                await invite(ctx, unit=unit, role=Role.OFFICER, days=1)


async def test_a_commune_that_is_owed_by_its_schools_has_leaders_and_owes_to_its_province(nested: Stage) -> None:
    await nested.let_join(905, name="Thường trực tỉnh", phone="0900000005", unit="tinh", role=Role.STANDING_BODY)

    async with acting(nested, 905) as ctx:
        with_leaders = [unit.code for unit in await list_invitable(ctx) if Role.LEADER in unit.roles]

    assert with_leaders == ["tinh", "xa-duoi"]
    assert "UBND xã Dưới" in [unit.name for unit in (await report_seen_by(nested, PROVINCE)).missing]


@pytest.mark.parametrize(
    ("unit", "role"), [("so", Role.LEADER), ("truong-1", Role.STANDING_BODY), ("tinh", Role.GUEST)]
)
async def test_nobody_is_invited_into_a_role_that_a_unit_does_not_have(nested: Stage, unit: str, role: Role) -> None:
    with refused("role-not-at-unit"):
        await nested.invite(unit=unit, role=role)


async def test_a_standing_body_binds_its_own_clusters_only(nested: Stage) -> None:
    await nested.let_join(905, name="Thường trực tỉnh", phone="0900000005", unit="tinh-mau", role=Role.STANDING_BODY)

    async with acting(nested, 905) as ctx:
        with refused("cluster-unknown"):
            await bind_cluster(ctx, channel="telegram", chat_id=-1, name="Khối 1")


async def test_duties_open_for_every_authority_once(nested: Stage) -> None:
    async with nested.app.contexts.open() as ctx:
        assert await open_duties(ctx) == 0


async def test_the_rights_of_a_leader_end_with_the_last_day_of_their_post(nested: Stage) -> None:
    today = (await report_seen_by(nested, COMMUNE)).at.date()
    async with acting(nested, COMMUNE) as ctx:
        assert ctx.actor.person_id is not None
        [(post, _)] = await ctx.uow.officers.posts(ctx.actor.person_id, day=today)
        post.valid_to = today
        await ctx.uow.commit()

    on_the_last_day = await report_seen_by(nested, COMMUNE)
    nested.wind(nested.clock.now() + timedelta(days=1))

    assert on_the_last_day.owed == 2
    async with acting(nested, COMMUNE) as ctx:
        assert ctx.actor.is_guest
        with refused("status-hidden"):
            await read_status(ctx, on_the_last_day.duty_id)


async def test_binding_anew_after_the_bot_came_back_keeps_the_one_board(nested: Stage) -> None:
    await nested.let_join(905, name="Cụm trưởng", phone="0900000005", unit="phuong-1", role=Role.OFFICER)
    for _ in range(2):
        async with acting(nested, 905) as ctx:
            await bind_cluster(ctx, channel="telegram", chat_id=-1)
        async with nested.app.contexts.open() as ctx:
            await leave_group(ctx, channel="telegram", chat_id=-1)

    async with nested.app.contexts.open() as ctx:
        with refused("group-unbound"):
            await read_progress(ctx, channel="telegram", chat_id=-1)
        assert await count_waiting(ctx) == 1
