"""Parts in a review: every role at every unit, in every state, for every action."""

import contextlib
import itertools
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.errors import Refusal
from domain.roles import Role
from domain.submissions.submissions import Action, ReviewPart, State, moved
from domain.units import UnitKind
from plans.catalogue import shipped_plan
from tests.support.stage import Product, Stage, opened_product
from tests.support.steps import dossiers
from tests.support.steps.filling import acting, officer
from tests.support.steps.reviewing import UNIT, handed_in, heads_first, report_in, submission_of
from usecases.organisation.founding import UnitEntry, found_organisation
from usecases.plans.loading import load_plan
from usecases.reviews.access import refuse_unless_allowed, review_case
from usecases.reviews.queue import count_queue, list_queue
from usecases.submissions.first_reviewers import first_reviewer

PEOPLE = {
    "stranger": (1, None, None, set()),
    "officer of the unit": (501, "phuong-5", Role.OFFICER, {ReviewPart.UNIT}),
    "head of the unit": (502, "phuong-5", Role.UNIT_HEAD, {ReviewPart.UNIT}),
    "neighbour": (600, "phuong-6", Role.OFFICER, set()),
    "officer of the cluster's head": (110, "phuong-1", Role.OFFICER, {ReviewPart.FIRST_REVIEWER}),
    "head of the cluster's head": (111, "phuong-1", Role.UNIT_HEAD, {ReviewPart.FIRST_REVIEWER}),
    "head of another cluster": (300, "phuong-3", Role.OFFICER, set()),
    "leader": (700, AUTHORITY, Role.LEADER, set()),
    "standing body": (900, AUTHORITY, Role.STANDING_BODY, {ReviewPart.SECOND_REVIEWER}),
    "officer of the authority": (902, AUTHORITY, Role.OFFICER, set()),
    "standing body of elsewhere": (950, "xa-khac", Role.STANDING_BODY, set()),
}
BY_REVIEWERS = (Action.CHECK, Action.ACCEPT, Action.RETURN, Action.ALLOW_CORRECTION, Action.REFUSE_CORRECTION)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Product]:
    """Run on one database; nothing here depends on it."""
    async with opened_product(tmp_path) as product:
        yield product


async def found(stage: Stage, *units: UnitEntry) -> None:
    async with stage.app.contexts.open() as ctx:
        await found_organisation(ctx, units=units, clusters=(), since=date(2025, 7, 1))


async def load(stage: Stage, text: str) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file=PLAN)


async def test_every_role_in_every_state_may_do_just_what_the_table_says(stage: Stage) -> None:
    elsewhere = UnitEntry("xa-khac", "UBND xã Khác", UnitKind.AUTHORITY, None, office="Sở Nội vụ")
    await found(stage, elsewhere)
    submission = await handed_in(stage)
    await heads_first(stage)
    for chat_id, unit, role, _ in PEOPLE.values():
        if unit is not None and role is not None and chat_id != 900:
            await officer(stage, unit, chat_id=chat_id, role=role)

    wrong = []
    for name, (chat_id, _, _, parts) in PEOPLE.items():
        allowed = await _allowed(stage, chat_id, submission)
        expected = {
            (state, action)
            for state, action in itertools.product(State, BY_REVIEWERS)
            if moved(state, action, parts=parts - {ReviewPart.UNIT}) is not None
        }
        wrong += [] if allowed == expected else [(name, allowed ^ expected)]

    assert wrong == []


async def _allowed(stage: Stage, chat_id: int, submission: int) -> set[tuple[State, Action]]:
    """Return all that this person may do, tried in every state and rolled back."""
    found = set()
    async with acting(stage, chat_id) as ctx:
        try:
            case = await review_case(ctx, submission)
        except Refusal:
            return set()
        for case.draft.state, action in itertools.product(State, BY_REVIEWERS):
            with contextlib.suppress(Refusal):
                await refuse_unless_allowed(ctx, case, action, seen=case.draft.revision)
                found.add((case.draft.state, action))
        await ctx.uow.rollback()
    return found


async def first_of(stage: Stage, submission: int) -> str | None:
    async with stage.app.contexts.open() as ctx:
        draft = await ctx.uow.submissions.find(submission)
        assert draft is not None
        duty = await ctx.uow.duties.find(draft.duty_id)
        assert duty is not None
        first = await first_reviewer(ctx, draft, duty)
    return first.name if first else None


async def test_what_goes_through_a_body_is_reviewed_by_the_unit_of_that_name_first(stage: Stage) -> None:
    submission = await handed_in(stage)
    nobody_named = await first_of(stage, submission)
    text = shipped_plan(PLAN).replace("via: Sở Nội vụ", "via: sở tài chính")
    await load(stage, text)
    not_in_the_bot = await first_of(stage, submission)

    await officer(stage, "so-tai-chinh", chat_id=800)
    named = await first_of(stage, submission)
    await report_in(stage, 800)
    its_own = await first_of(stage, await submission_of(stage, 800))
    async with acting(stage, 800) as ctx:
        waiting = (await list_queue(ctx)).mine
        count = await count_queue(ctx)

    assert (nobody_named, not_in_the_bot, named, its_own) == (None, None, "Sở Tài chính", None)
    assert [row.unit_name for row in waiting] == ["Phường 5"]
    assert count.mine == 1


async def test_an_award_may_have_a_body_in_charge_of_its_own(stage: Stage) -> None:
    old = "    name: Giấy khen Giám đốc Sở Nội vụ\n"
    await load(stage, shipped_plan(PLAN).replace(old, f"{old}    via: Sở Tài chính\n"))
    stage.wind(dossiers.DECEMBER)
    await stage.open_duties()
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "so-tai-chinh", chat_id=800)
    certificate = await dossiers.begin(stage, UNIT)
    content = await dossiers.begin(stage, UNIT, award="thu-khen")

    assert (await first_of(stage, certificate), await first_of(stage, content)) == ("Sở Tài chính", None)
