"""Every deadline that is read from the five plans becomes a rule that the reader of plans accepts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.plan_texts.drafting.compiling import Basis, fault_of, plan_of
from domain.plan_texts.drafting.drafts import DutyMark, ProposedDuty
from domain.plan_texts.drafting.proposing import draft_of
from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import PlanHeader, PlanReading
from domain.units import UnitKind
from plans.catalogue import parse_plan
from plans.writer.plans import write_plan
from tests.plan_texts.held_out import FIRST_SET, SECOND_SET, THIRD_SET
from tests.plan_texts.phrasings import WITH_DEADLINES

SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.txt"))


def completed(duty: ProposedDuty, year: int) -> ProposedDuty:
    """The duty kept, with the kinds and the year that its text leaves out."""
    kinds = duty.rule.applies_to or (UnitKind.AUTHORITY,)
    rule = replace(duty.rule, applies_to=kinds)
    whole = replace(duty, rule=rule, mark=DutyMark.KEPT)
    return replace(whole, rule=replace(rule, year=year)) if whole.lacks else whole


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_a_whole_plan_is_drafted_written_and_read_back(seed: Path) -> None:
    draft = draft_of(read_plan(seed.read_text("utf-8")), file=seed.name, issuer="UBND tỉnh Mẫu")
    year = draft.header.first_year
    assert year is not None
    duties = tuple(completed(duty, year) for duty in draft.duties)
    whole = replace(draft, duties=duties, indicators_from="", awards_from="")

    plan = plan_of(whole, Basis())

    assert [fault_of(duty, draft.header) for duty in duties] == [""] * len(duties)
    assert len(plan.deadlines) == len(draft.duties) > 0
    assert parse_plan(write_plan(plan), file=seed.name) == plan


@pytest.mark.parametrize("sentences", [WITH_DEADLINES, FIRST_SET, SECOND_SET, THIRD_SET], ids=len)
def test_every_sentence_in_other_words_is_drafted_and_read_back(sentences: Sequence[tuple[str, str]]) -> None:
    header = PlanHeader("15/KH-UBND", "UBND tỉnh Mẫu", "Công tác thi đua năm 2026", date(2020, 1, 20), 2020, 2035)
    found = [one for text, _ in sentences for one in read_plan(text).deadlines]
    draft = draft_of(PlanReading(tuple(found), (), header), file="x.docx", issuer="UBND tỉnh Mẫu")
    duties = tuple(completed(duty, 2026) for duty in draft.duties)

    plan = plan_of(replace(draft, duties=duties, indicators_from="", awards_from=""), Basis())

    assert parse_plan(write_plan(plan), file="x.docx") == plan
