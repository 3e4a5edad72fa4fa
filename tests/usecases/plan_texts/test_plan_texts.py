"""The draft of an authority: who may touch it, what two clerks do at once, and what loading it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from demo.sample import AUTHORITY
from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import DutyMark
from domain.plan_texts.drafting.editing import with_day, with_title
from domain.plan_texts.drafting.headings import HeadLine
from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import PlanReading
from domain.roles import Role
from plans.catalogue import parse_plan
from tests.plan_texts.documents import TEXT
from tests.support.refusals import refused
from tests.support.stage import Product
from tests.support.statements import at_most
from tests.support.steps.filling import acting, officer
from usecases.context import Context
from usecases.duties.progress import list_duties
from usecases.plan_texts.duties import (
    DutyKey,
    begin_draft,
    change_proposed,
    discard_draft,
    find_draft,
    mark_proposed,
    propose_sentence,
    read_draft,
    read_proposed,
)
from usecases.plan_texts.heads import make_new_version, read_head, take_awards, take_indicators, type_line
from usecases.plan_texts.loading import load_draft, preview_draft, write_draft
from usecases.plans.life import list_plans

READING = read_plan(TEXT)
CODE = "ke-hoach-2026-mau"


@asynccontextmanager
async def clerk(stage: Product, chat_id: int = 600) -> AsyncIterator[Context]:
    async with acting(stage, chat_id) as ctx:
        yield ctx


@pytest.fixture
async def drafted(stage: Product) -> Product:
    """The standing body has sent a document."""
    await officer(stage, AUTHORITY, chat_id=600, role=Role.STANDING_BODY)
    async with clerk(stage) as ctx:
        await begin_draft(ctx, READING, file="KH 15.docx")
    return stage


async def keep_all(ctx: Context) -> None:
    for duty in (await read_draft(ctx)).duties:
        await mark_proposed(ctx, DutyKey(duty.number, duty.revision), DutyMark.KEPT)


async def complete(stage: Product) -> None:
    async with clerk(stage) as ctx:
        await keep_all(ctx)
        await take_indicators(ctx, "mau-2026")
        await take_awards(ctx, "mau-2026")


async def load(stage: Product) -> None:
    async with clerk(stage) as ctx:
        await load_draft(ctx, seen=(await preview_draft(ctx)).seen)


async def test_decisions_outlive_the_conversation(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        first, second, _ = (await read_draft(ctx)).duties
        waiting = await mark_proposed(ctx, DutyKey(first.number, first.revision), DutyMark.KEPT)
        await change_proposed(ctx, DutyKey(second.number, second.revision), partial(with_title, text="Hồ sơ năm"))

    async with clerk(drafted) as ctx:
        draft = await read_draft(ctx)
    assert waiting is not None
    assert waiting.number == second.number
    assert [duty.mark for duty in draft.duties] == [DutyMark.KEPT, DutyMark.OPEN, DutyMark.OPEN]
    assert draft.duties[1].rule.title == "Hồ sơ năm"


async def test_a_press_on_a_duty_asks_the_database_only_for_the_draft(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        shown = await read_proposed(ctx, 1)
        key = DutyKey(shown.duty.number, shown.duty.revision)

        with at_most(5, drafted.app.contexts.engine):
            await mark_proposed(ctx, key, DutyMark.KEPT)
        with at_most(4, drafted.app.contexts.engine):
            await read_proposed(ctx, 2)


async def test_a_second_clerk_acts_only_on_what_was_shown(drafted: Product) -> None:
    await officer(drafted, AUTHORITY, chat_id=601, role=Role.STANDING_BODY)
    async with clerk(drafted, 601) as ctx:
        shown = (await read_draft(ctx)).duties
    async with clerk(drafted) as ctx:
        await mark_proposed(ctx, DutyKey(1, shown[0].revision), DutyMark.DROPPED)

    async with clerk(drafted, 601) as ctx:
        with refused("proposed-duty-changed"):
            await mark_proposed(ctx, DutyKey(1, shown[0].revision), DutyMark.KEPT)
        await mark_proposed(ctx, DutyKey(2, shown[1].revision), DutyMark.KEPT)
        draft = await read_draft(ctx)
    assert [duty.mark for duty in draft.duties] == [DutyMark.DROPPED, DutyMark.KEPT, DutyMark.OPEN]


async def test_a_button_of_the_document_before_does_nothing(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        old = (await read_draft(ctx)).duties[0]
    drafted.clock.set(drafted.clock.now().replace(minute=30))
    async with clerk(drafted) as ctx:
        await begin_draft(ctx, READING, file="khác.docx")

        with refused("proposed-duty-changed"):
            await mark_proposed(ctx, DutyKey(old.number, old.revision), DutyMark.KEPT)


async def test_others_than_the_standing_body_are_refused(drafted: Product) -> None:
    await officer(drafted, "phuong-5", chat_id=500)

    async with clerk(drafted, 500) as ctx:
        for act in (
            partial(find_draft, ctx),
            partial(begin_draft, ctx, READING, file="x.docx"),
            partial(read_proposed, ctx, 1),
            partial(mark_proposed, ctx, DutyKey(1, 0), DutyMark.KEPT),
            partial(propose_sentence, ctx, READING.not_deadlines[0]),
            partial(read_head, ctx),
            partial(type_line, ctx, HeadLine.NUMBER, "1/KH"),
            partial(make_new_version, ctx),
            partial(write_draft, ctx),
            partial(preview_draft, ctx),
            partial(load_draft, ctx, seen=""),
            partial(discard_draft, ctx),
        ):
            with refused("standing-body-only"):
                await act()


async def test_without_a_draft_or_a_day_there_is_nothing_to_decide(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        await discard_draft(ctx)

        assert await find_draft(ctx) is None
        with refused("plan-text-gone"):
            await read_draft(ctx)
        with refused("plan-text-without-days"):
            await begin_draft(ctx, PlanReading(), file="tho.docx")
        with refused("plan-text-too-long"):
            await begin_draft(ctx, PlanReading(not_deadlines=READING.not_deadlines * 400), file="dai.docx")


async def test_a_sentence_is_proposed_once(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        number = await propose_sentence(ctx, READING.not_deadlines[0])

        assert number == len(READING.deadlines) + 1
        with refused("sentence-proposed"):
            await propose_sentence(ctx, READING.not_deadlines[0])


async def test_an_open_duty_or_a_missing_choice_keeps_the_plan_from_loading(drafted: Product) -> None:
    async with clerk(drafted) as ctx:
        with refused("plan-draft-incomplete"):
            await preview_draft(ctx)
        await keep_all(ctx)
        with refused("plan-draft-incomplete"):
            await write_draft(ctx)


async def test_a_duty_that_never_falls_due_is_named(drafted: Product) -> None:
    await complete(drafted)
    async with clerk(drafted) as ctx:
        third = (await read_draft(ctx)).duties[2]
        await change_proposed(ctx, DutyKey(3, third.revision), partial(with_day, text="20/5/2019"))

        with refused("plan-draft-fault") as caught:
            await preview_draft(ctx)
    assert "năm 2019 ngoài các năm của kế hoạch" in caught.value.text


async def test_the_plan_is_loaded_and_its_duties_open(drafted: Product) -> None:
    await officer(drafted, "phuong-5", chat_id=500)
    await complete(drafted)
    async with clerk(drafted) as ctx:
        file = await write_draft(ctx)
        preview = await preview_draft(ctx)

    await load(drafted)

    assert file.name == f"{CODE}.yaml"
    assert parse_plan(file.text, file=file.name).indicators
    assert [(view.last_valid_day.day, view.last_valid_day.month) for view in preview.days][:2] == [(19, 5), (9, 6)]
    async with clerk(drafted) as ctx:
        assert await find_draft(ctx) is None
        assert CODE in {plan.code for plan in await list_plans(ctx)}
    async with clerk(drafted, 500) as ctx:
        assert (9, 6) in {
            (duty.last_valid_day.day, duty.last_valid_day.month)
            for duty in await list_duties(ctx)
            if duty.last_valid_day
        }


async def test_only_what_was_shown_is_loaded(drafted: Product) -> None:
    await complete(drafted)
    async with clerk(drafted) as ctx:
        seen = (await preview_draft(ctx)).seen
        await type_line(ctx, HeadLine.NUMBER, "16/KH-UBND")

        with refused("plan-draft-changed"):
            await load_draft(ctx, seen=seen)


async def test_a_code_that_exists_is_a_new_version_or_another_name(drafted: Product) -> None:
    await complete(drafted)
    await load(drafted)
    async with clerk(drafted) as ctx:
        await begin_draft(ctx, READING, file="KH 15 sua.docx")
        await keep_all(ctx)
        await take_indicators(ctx, "")
        await take_awards(ctx, "")

        assert (await read_head(ctx)).is_code_taken
        with refused("plan-code-taken"):
            await preview_draft(ctx)
        await make_new_version(ctx)
        renewed = await preview_draft(ctx)
        await type_line(ctx, HeadLine.CODE, "ke-hoach-khac")
        other = await preview_draft(ctx)
    assert (renewed.loaded.plan.code, renewed.loaded.version) == (CODE, 2)
    assert (other.loaded.plan.code, other.loaded.version) == ("ke-hoach-khac", 1)


async def test_a_plan_that_is_gone_gives_no_indicators(drafted: Product) -> None:
    await complete(drafted)
    async with clerk(drafted) as ctx:
        await take_indicators(ctx, "khong-co")

        with pytest.raises(Refusal):
            await preview_draft(ctx)
