"""Every plan in the folder of broken plans; its first lines name the line and the reason of each fault."""

import re
from pathlib import Path

import pytest

from plans.catalogue import PlanFaults, parse_plan

FILES = sorted(Path(__file__).with_name("broken").glob("*.yaml"))
EXPECTED = re.compile(r"^# dòng ([0-9]+): (.+)$", re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_plan_is_refused_with_the_line_and_reason_of_each_fault(file: Path) -> None:
    text = file.read_text("utf-8")
    expected = [(int(line), reason) for line, reason in EXPECTED.findall(text)]

    with pytest.raises(PlanFaults) as found:
        parse_plan(text, file=file.name)

    faults = found.value.faults
    assert [fault.line for fault in faults] == [line for line, _ in expected]
    assert [
        (fault.line, reason) for fault, (_, reason) in zip(faults, expected, strict=True) if reason not in fault.reason
    ] == []


def test_folder_of_broken_plans_is_not_empty() -> None:
    assert len(FILES) > 25
