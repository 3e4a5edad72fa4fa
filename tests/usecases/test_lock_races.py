"""Races of two transactions, steered: the other one runs to its end just before the first one gets its lock.

Only PostgreSQL can interleave so; SQLite's one writer comes before or after.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

import pytest

from demo.sample import PLAN
from domain.people.people import CONSENT_VERSION
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from domain.roles import Role
from domain.submissions.submissions import State
from models.message_kinds import MessageKind
from tests.support.founded import RestoredPostgres
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steering import paused_at
from tests.support.steps.clusters import more_duties
from tests.support.steps.dossiers import DECEMBER, begin, fill, submit
from tests.support.steps.dossiers import look as look_at_dossier
from tests.support.steps.extensions import WANTED, ask, grant, seated
from tests.support.steps.filling import acting, duty, fill_report, officer
from tests.support.steps.reminders import at
from tests.support.steps.reviewing import CLERK, UNIT, accept, handed_in
from tests.support.steps.reviewing import look as look_at_sheet
from usecases.clusters.calls import note_cluster_call
from usecases.clusters.heads import list_headed
from usecases.clusters.nudges import nudge_cluster
from usecases.context import Context
from usecases.dossiers.dossiers import Proposal, declare_nothing, list_dossiers, start_dossier, submit_dossier
from usecases.duties.assignments import hand_over, list_colleagues
from usecases.extensions.answers import grant_extension
from usecases.extensions.requests import ask_extension, read_extension, withdraw_extension
from usecases.groups.binding import bind_cluster
from usecases.groups.scoreboards import renew_scoreboards
from usecases.groups.turns import AT_ONCE, take_turn
from usecases.organisation.founding import caretaker
from usecases.outbox.sending import claim
from usecases.people.joining import JoinForm, join
from usecases.people.leaves import list_leaves, take_leave
from usecases.people.staff import give_role, list_members, list_staff, read_member
from usecases.personal_data.requests import ask_deletion, list_requests
from usecases.plans.quotas import QuotaTarget, set_quota
from usecases.plans.set_dates import DateTarget, set_date
from usecases.reachability.calls import note_call
from usecases.reminders.nudges import nudge
from usecases.reviews.acceptance import approve
from usecases.status.status import list_status
from usecases.submissions.handing_in import withdraw
from usecases.submissions.hard_copies import claim_hard_copy, decide_claim, lapse_claims, read_claim
from usecases.submissions.reports import read_report, submit_report

Step = Callable[[], Awaitable[object]]


@pytest.fixture
def restored(postgres: RestoredPostgres) -> RestoredPostgres:
    return postgres


def before_its_duty_is_locked(ctx: Context, other: Step) -> AbstractContextManager[None]:
    return paused_at(ctx.uow.duties, "find_for_update", other)


async def hand_in_filled(stage: Stage, duty_id: int, *, by: int = 501) -> None:
    async with acting(stage, by) as ctx:
        await submit_report(ctx, duty_id, seen=(await read_report(ctx, duty_id)).draft.revision)


async def test_what_was_granted_meanwhile_cannot_be_withdrawn(stage: Stage) -> None:
    duty_id = await seated(stage)
    request = await ask(stage, duty_id)

    async with acting(stage, 500) as ctx:
        with before_its_duty_is_locked(ctx, partial(grant, stage, request)), refused("extension-closed"):
            await withdraw_extension(ctx, duty_id)

    async with acting(stage, 500) as ctx:
        found = await read_extension(ctx, request.id)
    assert (found.granted, found.is_withdrawn) == (WANTED, False)


async def test_a_day_granted_while_handing_in_counts_on_the_receipt(stage: Stage) -> None:
    duty_id = await seated(stage)
    request = await ask(stage, duty_id)
    await fill_report(stage, 500)
    stage.wind(at(5, 18))

    async with acting(stage, 500) as ctx:
        seen = (await read_report(ctx, duty_id)).draft.revision
        with paused_at(ctx.uow.reports, "duty_for_update", partial(grant, stage, request)):
            receipt = await submit_report(ctx, duty_id, seen=seen)

    assert receipt.extended_to == WANTED


async def test_no_day_is_granted_for_what_was_handed_in_meanwhile(stage: Stage) -> None:
    duty_id = await seated(stage)
    request = await ask(stage, duty_id)
    await fill_report(stage, 500)

    async with acting(stage, 900) as ctx:
        with (
            before_its_duty_is_locked(ctx, partial(hand_in_filled, stage, duty_id)),
            refused("extension-needless"),
        ):
            await grant_extension(ctx, request.id, until=WANTED)


async def test_no_extension_is_asked_for_what_was_handed_in_meanwhile(stage: Stage) -> None:
    duty_id = await seated(stage)
    await fill_report(stage, 500)

    async with acting(stage, 500) as ctx:
        with (
            before_its_duty_is_locked(ctx, partial(hand_in_filled, stage, duty_id)),
            refused("duty-handed-in"),
        ):
            await ask_extension(ctx, duty_id, reason="Chờ số liệu thuế", wanted=WANTED)


async def test_nothing_handed_in_meanwhile_is_passed_on(stage: Stage) -> None:
    duty_id = await seated(stage)
    await fill_report(stage, 500)
    async with acting(stage, 500) as ctx:
        (colleague,) = await list_colleagues(ctx, duty_id)

    async with acting(stage, 500) as ctx:
        with (
            before_its_duty_is_locked(ctx, partial(hand_in_filled, stage, duty_id)),
            refused("duty-handed-in"),
        ):
            await hand_over(ctx, duty_id, to=colleague.person_id)


async def test_of_two_leaders_who_nudge_at_once_the_first_counts(stage: Stage) -> None:
    for chat in (900, 901):
        await officer(stage, "tinh-mau", chat_id=chat, role=Role.LEADER)
    await officer(stage, "phuong-5", chat_id=500)
    async with acting(stage, 900) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")

    async def first() -> None:
        async with acting(stage, 901) as ctx:
            assert await nudge(ctx, duty_id) == 1

    async with acting(stage, 900) as ctx:
        with paused_at(ctx.uow.plans, "with_code_for_update", first), refused("just-nudged"):
            await nudge(ctx, duty_id)


async def test_of_a_leader_and_a_cluster_head_who_nudge_at_once_the_first_counts(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=900, role=Role.LEADER)
    await officer(stage, "phuong-1", chat_id=501)
    await officer(stage, "phuong-5", chat_id=500)
    async with acting(stage, 900) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")
    async with acting(stage, 501) as ctx:
        cluster = (await list_headed(ctx))[0].id

    async def first() -> None:
        async with acting(stage, 900) as ctx:
            assert await nudge(ctx, duty_id) == 2

    async with acting(stage, 501) as ctx:
        with paused_at(ctx.uow.plans, "with_code_for_update", first), refused("just-nudged"):
            await nudge_cluster(ctx, cluster, duty_id)


async def test_of_two_who_called_a_unit_at_once_the_later_is_kept(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    await officer(stage, "phuong-1", chat_id=501)
    async with acting(stage, 501) as ctx:
        cluster = (await list_headed(ctx))[0].id
        unit_id = (await ctx.uow.units.with_codes(["phuong-6"]))["phuong-6"].id

    async def first() -> None:
        async with acting(stage, 900) as ctx:
            await note_call(ctx, unit_id)

    async with acting(stage, 501) as ctx:
        with paused_at(ctx.uow.units, "names", first):
            await note_cluster_call(ctx, cluster, unit_id)

    async with stage.app.contexts.open() as ctx:
        assert (await ctx.uow.calls.with_callers([unit_id]))[unit_id][1] == "Cán bộ phuong-1 501"


async def test_paper_is_not_claimed_of_what_was_handed_in_meanwhile(stage: Stage) -> None:
    duty_id = await seated(stage)
    await fill_report(stage, 500)

    async with acting(stage, 500) as ctx:
        with (
            before_its_duty_is_locked(ctx, partial(hand_in_filled, stage, duty_id)),
            refused("duty-handed-in"),
        ):
            await claim_hard_copy(ctx, duty_id)


async def test_paper_is_not_received_of_what_was_handed_in_meanwhile(stage: Stage) -> None:
    duty_id = await seated(stage)
    await fill_report(stage, 500)
    async with acting(stage, 500) as ctx:
        claim = await claim_hard_copy(ctx, duty_id)

    async with acting(stage, 900) as ctx:
        with (
            before_its_duty_is_locked(ctx, partial(hand_in_filled, stage, duty_id)),
            refused("claim-needless"),
        ):
            await decide_claim(ctx, claim.id, received=True)


async def test_a_claim_answered_meanwhile_does_not_lapse(stage: Stage) -> None:
    duty_id = await seated(stage)
    async with acting(stage, 500) as ctx:
        claim = await claim_hard_copy(ctx, duty_id)
    stage.wind(at(5, 13))

    async def found_it_missing() -> None:
        async with acting(stage, 900) as ctx:
            await decide_claim(ctx, claim.id, received=False, reason="Chưa thấy bản giấy ở văn thư")

    async with stage.app.contexts.open() as ctx:
        with paused_at(ctx.uow.duties, "all_for_update", found_it_missing):
            await lapse_claims(ctx)

    async with acting(stage, 500) as ctx:
        assert not (await read_claim(ctx, claim.id)).has_lapsed


async def proposing(stage: Stage) -> int:
    """Seat two officers of Phường 5 in December, and return the dossier duty."""
    for chat in (500, 501):
        await officer(stage, "phuong-5", chat_id=chat)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return (await duty(stage, 500, DutyKind.DOSSIER)).id


async def test_nobody_is_declared_beside_a_dossier_handed_in_meanwhile(stage: Stage) -> None:
    duty_id = await proposing(stage)
    dossier = await begin(stage, 501)
    await fill(stage, 501, dossier)

    async def other() -> None:
        async with acting(stage, 501) as ctx:
            await submit_dossier(ctx, dossier, seen=(await look_at_dossier(stage, 501, dossier)).draft.revision)

    async with acting(stage, 500) as ctx:
        with before_its_duty_is_locked(ctx, other), refused("dossier-handed-in"):
            await declare_nothing(ctx, duty_id)


async def test_nobody_is_declared_beside_a_dossier_begun_meanwhile(stage: Stage) -> None:
    duty_id = await proposing(stage)

    async with acting(stage, 500) as ctx:
        with before_its_duty_is_locked(ctx, partial(begin, stage, 501)), refused("dossier-begun"):
            await declare_nothing(ctx, duty_id)


async def test_no_dossier_is_begun_beside_a_declaration_made_meanwhile(stage: Stage) -> None:
    duty_id = await proposing(stage)

    async def declare() -> None:
        async with acting(stage, 501) as ctx:
            await declare_nothing(ctx, duty_id)

    async with acting(stage, 500) as ctx:
        with before_its_duty_is_locked(ctx, declare), refused("nothing-declared"):
            await start_dossier(ctx, duty_id, Proposal("giay-khen", SubjectKind.COLLECTIVE, "Phường 5"))


async def test_the_same_dossier_begun_by_two_at_once_is_one(stage: Stage) -> None:
    duty_id = await proposing(stage)

    async with acting(stage, 500) as ctx:
        with before_its_duty_is_locked(ctx, partial(begin, stage, 501)):
            await start_dossier(ctx, duty_id, Proposal("giay-khen", SubjectKind.COLLECTIVE, "Phường 5"))

    async with acting(stage, 500) as ctx:
        assert len((await list_dossiers(ctx, duty_id)).dossiers) == 1


async def limit(stage: Stage, number: int) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await set_quota(ctx, QuotaTarget(PLAN, "giay-khen", year=2026), number=number)


async def test_two_units_do_not_take_the_last_place_at_once(stage: Stage) -> None:
    await proposing(stage)
    await officer(stage, "phuong-6", chat_id=600)
    mine, theirs = await begin(stage, 500), await begin(stage, 600, nominees="Phường 6")
    await fill(stage, 500, mine)
    await fill(stage, 600, theirs)
    await limit(stage, 1)
    seen = (await look_at_dossier(stage, 500, mine)).draft.revision

    async with acting(stage, 500) as ctx:
        with (
            paused_at(ctx.uow.proposals, "quotas_for_update", partial(submit, stage, 600, theirs)),
            refused("quota-exceeded"),
        ):
            await submit_dossier(ctx, mine, seen=seen)


async def test_a_quota_set_twice_at_once_is_one(stage: Stage) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        with paused_at(ctx.uow.plans, "with_code_for_update", partial(limit, stage, 3)):
            await set_quota(ctx, QuotaTarget(PLAN, "giay-khen", year=2026), number=2)

    async with stage.app.contexts.open() as ctx:
        assert [quota.number for quota in await ctx.uow.proposals.quotas(PLAN, year=2026)] == [2]


async def test_a_day_set_twice_at_once_is_one(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        office = await caretaker(ctx)

    async def first() -> None:
        async with stage.app.contexts.open(office) as ctx:
            await set_date(ctx, DateTarget(PLAN, "bao-cao-6-thang", year=2026), day=date(2026, 5, 12))

    async with stage.app.contexts.open(office) as ctx:
        with paused_at(ctx.uow.plans, "with_code_for_update", first):
            await set_date(ctx, DateTarget(PLAN, "bao-cao-6-thang", year=2026), day=date(2026, 5, 13))

    async with stage.app.contexts.open() as ctx:
        assert [row.day for row in await ctx.uow.plans.dates(PLAN)] == [date(2026, 5, 13)]


async def test_what_was_withdrawn_meanwhile_is_not_accepted(stage: Stage) -> None:
    submission = await handed_in(stage)
    seen = (await look_at_sheet(stage, submission)).revision

    async def take_back() -> None:
        async with acting(stage, UNIT) as ctx:
            await withdraw(ctx, submission)

    async with acting(stage, CLERK) as ctx:
        with before_its_duty_is_locked(ctx, take_back), refused("review-moved-on"):
            await approve(ctx, submission, seen=seen)


async def test_what_was_accepted_meanwhile_is_not_withdrawn(stage: Stage) -> None:
    submission = await handed_in(stage)

    async with acting(stage, UNIT) as ctx:
        with before_its_duty_is_locked(ctx, partial(accept, stage, submission)), refused("submission-accepted"):
            await withdraw(ctx, submission)

    assert (await look_at_sheet(stage, submission)).state is State.ACCEPTED


async def test_a_leave_entered_twice_at_once_is_one(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    first, last = date(2026, 5, 11), date(2026, 5, 15)

    async def go() -> None:
        async with acting(stage, 500) as ctx:
            await take_leave(ctx, first=first, last=last, deputy=None)

    async with acting(stage, 500) as ctx:
        with paused_at(ctx.uow.officers, "find_for_update", go), refused("leaves-overlap"):
            await take_leave(ctx, first=first, last=last, deputy=None)

    async with acting(stage, 500) as ctx:
        assert len((await list_leaves(ctx)).leaves) == 1


async def test_a_deletion_asked_twice_at_once_is_asked_once(stage: Stage) -> None:
    await seated(stage)

    async def first() -> None:
        async with acting(stage, 500) as ctx:
            await ask_deletion(ctx)

    async with acting(stage, 500) as ctx:
        with paused_at(ctx.uow.officers, "find_for_update", first), refused("request-waiting"):
            await ask_deletion(ctx)

    async with acting(stage, 900) as ctx:
        assert len(await list_requests(ctx)) == 1


async def test_a_role_given_twice_at_once_is_held_once(stage: Stage) -> None:
    await seated(stage)
    async with acting(stage, 900) as ctx:
        (unit_id,) = {unit.unit_id for unit in await list_staff(ctx, search="Phường 5")}
        person = (await list_members(ctx, unit_id)).members[0].person_id

    async def first() -> None:
        async with acting(stage, 901) as ctx:
            await give_role(ctx, person, unit_id=unit_id, role=Role.UNIT_HEAD)

    async with acting(stage, 900) as ctx:
        with paused_at(ctx.uow.units, "find_for_update", first), refused("role-not-to-give"):
            await give_role(ctx, person, unit_id=unit_id, role=Role.UNIT_HEAD)

    async with acting(stage, 900) as ctx:
        assert [post.role for post in (await read_member(ctx, person)).posts] == [Role.OFFICER, Role.UNIT_HEAD]


async def test_one_person_who_joins_from_two_phones_at_once_is_one(stage: Stage) -> None:
    codes = [await stage.invite(unit="phuong-5"), await stage.invite(unit="phuong-6")]

    async def come_in(ctx: Context, code: str, *, chat_id: int) -> None:
        await join(
            ctx,
            code,
            JoinForm(consent=CONSENT_VERSION, name="Nguyễn Văn An", position="Chuyên viên", phone="+84900001555"),
            channel="telegram",
            chat_id=chat_id,
        )

    async def first() -> None:
        async with stage.app.contexts.open() as ctx:
            await come_in(ctx, codes[0], chat_id=555)

    async with stage.app.contexts.open() as ctx:
        with paused_at(ctx.uow.units, "roots_for_update", first):
            await come_in(ctx, codes[1], chat_id=556)

    async with acting(stage, 556) as ctx:
        assert {post.unit_name for post in ctx.actor.posts} == {"Phường 5", "Phường 6"}


async def test_two_processes_take_one_turn_of_a_group(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=901)
    async with acting(stage, 901) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=-100500)
    taken: list[bool] = []

    async def take() -> None:
        async with stage.app.contexts.open() as ctx:
            taken.append((await take_turn(ctx, channel="telegram", chat_id=-100500)).next_at is None)

    for _ in range(AT_ONCE - 1):
        await take()
    async with stage.app.contexts.open() as ctx:
        with paused_at(ctx.uow.scoreboards, "group_at_for_update", take):
            taken.append((await take_turn(ctx, channel="telegram", chat_id=-100500)).next_at is None)

    assert taken == [True] * AT_ONCE + [False]


async def test_two_processes_that_queue_a_new_board_queue_one(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=901)
    async with acting(stage, 901) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=-100500)
    await more_duties(stage, ["Báo cáo chuyên đề"], last_valid_day=date(2026, 5, 12))

    async def renew() -> None:
        async with stage.app.contexts.open() as ctx:
            await renew_scoreboards(ctx)

    async with stage.app.contexts.open() as ctx:
        with paused_at(ctx.uow, "flush", renew):
            await renew_scoreboards(ctx)

    async with stage.app.contexts.open() as ctx:
        codes = [board.code for board in await ctx.uow.scoreboards.boards_of(1)]
        queued = [message for message in await claim(ctx, limit=100) if message.kind is MessageKind.BOARD]
    assert len(codes) == len(set(codes)) == 2
    assert len(queued) == 2
