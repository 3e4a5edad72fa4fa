"""Templates that an office sets, and who may; on both databases."""

from domain.official_papers import PaperKind
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from usecases.official_papers.templates import (
    NewTemplate,
    drop_template,
    list_templates,
    put_template,
    take_template,
    template_for,
)

LETTER = PaperKind.SUBMISSION_LETTER
CLERK = 900


async def clerk(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)


async def put(stage: Stage, content: bytes) -> None:
    async with acting(stage, CLERK) as ctx:
        await put_template(ctx, NewTemplate(LETTER, content, "0" * 64), files=stage.app.files)


async def test_what_an_office_puts_in_is_what_it_takes_out_until_it_is_dropped(stage: Stage) -> None:
    await clerk(stage)
    await put(stage, b"first")
    await put(stage, b"second")

    async with acting(stage, CLERK) as ctx:
        own = [view.kind for view in await list_templates(ctx) if view.is_own]
        taken = await take_template(ctx, LETTER, files=stage.app.files)
        await drop_template(ctx, LETTER)
        after = await take_template(ctx, LETTER, files=stage.app.files)

    assert (own, taken, after) == ([LETTER], b"second", None)


async def test_files_of_replaced_and_dropped_templates_are_marked_for_deletion(stage: Stage) -> None:
    await clerk(stage)
    await put(stage, b"first")
    await put(stage, b"second")

    async with acting(stage, CLERK) as ctx:
        await drop_template(ctx, LETTER)
        marked = await ctx.uow.retention.marked_for_deletion()

    assert len(marked) == 2
    assert all(key.startswith("templates/") for key in marked)


async def test_an_authority_has_its_own_template_and_no_other(stage: Stage) -> None:
    await clerk(stage)
    await put(stage, b"own")

    async with acting(stage, CLERK) as ctx:
        own = ctx.actor.posts[0].unit_id
        found = [await template_for(ctx, unit, LETTER, files=stage.app.files) for unit in (own, own + 1)]

    assert found == [b"own", None]


async def test_templates_are_the_standing_bodys_to_set(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=901, role=Role.LEADER)

    for code, authority in (("standing-body-only", None), ("standing-body-only", "tinh-mau")):
        with refused(code):
            async with acting(stage, 901) as ctx:
                await list_templates(ctx, authority=authority)
    with refused("unit-unknown"):
        async with stage.app.contexts.as_caretaker() as ctx:
            await drop_template(ctx, LETTER, authority="khong-co")
