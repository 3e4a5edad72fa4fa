"""Whatever is typed has a clear short answer, within what the asker may see."""

import unicodedata

import pytest

from domain.questions.readings import Intent, Named, QuestionReading
from domain.roles import Role
from templates import render
from tests.support.refusals import refused
from tests.support.stage import Product
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.groups.binding import bind_cluster
from usecases.questions.answers import answer
from usecases.questions.posting import can_post, post_answer, read_group_answer
from usecases.questions.understanding import Outcome, Understanding, understand
from usecases.status.status import list_status

LEADER, OFFICER, HEAD = 999, 905, 901


@pytest.fixture
async def asked(stage: Product) -> Product:
    """A leader, an officer of Phường 5, and one of Phường 1, which heads Cụm 1 and has handed in its report."""
    await officer(stage, "tinh-mau", chat_id=LEADER, role=Role.LEADER)
    await officer(stage, "phuong-5", chat_id=OFFICER)
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=HEAD))
    return stage


async def ask(product: Product, chat_id: int, text: str) -> Understanding:
    async with acting(product, chat_id) as ctx:
        return await understand(ctx, text)


NONSENSE = (
    "báo cáo " * 500,
    "   ",
    "😀" * 40,
    "'; DROP TABLE units; --",
    "<script>alert(1)</script>",
    "phuong " * 28,
    "\u202egnouhp",
    "0" * 200,
)


async def test_nonsense_of_any_length_is_answered_with_examples(asked: Product) -> None:
    for text in NONSENSE:
        found = await ask(asked, LEADER, text)

        said = render("questions/unanswered", understanding=found)
        assert found.outcome is Outcome.NOT_UNDERSTOOD, text
        assert len(found.examples) == 3
        assert len(said) < 400
        assert text not in said


async def test_spelling_and_case_make_no_difference(asked: Product) -> None:
    for form, text in (("NFD", "phường 5 nộp chưa"), ("NFC", "PHƯỜNG 5 NỘP CHƯA"), ("NFD", "Phường 5 Nộp Chưa")):
        found = await ask(asked, LEADER, unicodedata.normalize(form, text))  # type: ignore[arg-type] # one of two

        assert found.reading
        assert found.reading.unit
        assert (found.reading.intent, found.reading.unit.name) == (Intent.STATUS, "Phường 5")


@pytest.mark.parametrize("chat_id", [LEADER, OFFICER])
async def test_the_examples_that_are_offered_are_understood(asked: Product, chat_id: int) -> None:
    offered = (await ask(asked, chat_id, "xyz xyz xyz")).examples

    for text in offered:
        found = await ask(asked, chat_id, text)

        assert found.outcome is Outcome.ANSWER, text
        assert found.reading
        async with acting(asked, chat_id) as ctx:
            assert (await answer(ctx, found.reading)).title


async def test_a_kept_reading_is_refused_once_the_right_is_gone(asked: Product) -> None:
    found = await ask(asked, LEADER, "bhyt phường 1")

    assert found.reading
    async with acting(asked, OFFICER) as ctx:
        with refused("question-hidden"):
            await answer(ctx, found.reading)


async def test_an_officer_sees_no_draft_and_no_figure_of_others(asked: Product) -> None:
    of_the_cluster = await ask(asked, OFFICER, "phường 1 nộp bc 6 tháng chưa")

    assert of_the_cluster.reading
    async with acting(asked, OFFICER) as ctx:
        found = await answer(ctx, of_the_cluster.reading)
    assert [duty.standing.value for duty in found.duties] == ["HANDED_IN"]
    assert (found.reports, found.tables, found.own, found.submissions) == ((), (), (), ())


async def answer_for_a_group(product: Product, chat_id: int) -> QuestionReading:
    """Bind a group to Cụm 1 and ask who of it has not handed in the report."""
    async with acting(product, HEAD) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=-7)
    found = await ask(product, chat_id, "ai chưa nộp báo cáo 6 tháng cụm 1")
    assert found.reading
    return found.reading


@pytest.mark.parametrize("chat_id", [LEADER, HEAD])
async def test_leaders_and_the_head_post_an_answer_once_in_ten_minutes(asked: Product, chat_id: int) -> None:
    reading = await answer_for_a_group(asked, chat_id)

    async with acting(asked, chat_id) as ctx:
        cluster = await post_answer(ctx, reading)
    async with acting(asked, LEADER) as ctx:
        with refused("answer-just-posted"):
            await post_answer(ctx, reading)

    assert cluster == "Cụm 1"


async def test_a_member_of_the_cluster_posts_nothing(asked: Product) -> None:
    reading = await answer_for_a_group(asked, OFFICER)

    async with acting(asked, OFFICER) as ctx:
        assert not await can_post(ctx, reading)
        with refused("answer-not-for-groups"):
            await post_answer(ctx, reading)


async def test_figures_are_never_for_a_group(asked: Product) -> None:
    await answer_for_a_group(asked, LEADER)
    figures = await ask(asked, LEADER, "bhyt cụm 1")

    assert figures.reading
    async with acting(asked, LEADER) as ctx:
        assert not await can_post(ctx, figures.reading)


async def test_a_group_that_is_another_clusters_by_now_reads_nothing(asked: Product) -> None:
    await answer_for_a_group(asked, LEADER)
    async with acting(asked, LEADER) as ctx:
        duty_id = (await list_status(ctx))[0].duty_id
        found = await read_group_answer(ctx, 1, cluster_id=2, duty_id=duty_id, intent=Intent.MISSING)

    assert found is None


async def test_a_reading_of_something_that_is_not_there_is_refused(asked: Product) -> None:
    async with acting(asked, LEADER) as ctx:
        with refused("question-hidden"):
            await answer(ctx, QuestionReading(intent=Intent.STATUS, unit=Named("999999", "Phường 5")))
