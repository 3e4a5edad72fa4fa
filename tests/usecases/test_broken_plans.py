"""Each file of the folder beside it is broken in one place; its first line says where and how."""

import re
from pathlib import Path

import pytest

from usecases.catalogue import PlanFault, parse_plan

FILES = sorted(Path(__file__).with_name("broken").glob("*.yaml"))
EXPECTED = re.compile(r"# dòng ([0-9]+): (.+)")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_plan_is_refused_with_its_line_and_reason(file: Path) -> None:
    text = file.read_text("utf-8")
    expected = EXPECTED.match(text)
    assert expected is not None

    with pytest.raises(PlanFault) as fault:
        parse_plan(text, file=file.name)

    assert (fault.value.file, fault.value.line) == (file.name, int(expected[1]))
    assert expected[2] in fault.value.reason


def test_folder_of_broken_plans_is_not_empty() -> None:
    assert len(FILES) > 25
