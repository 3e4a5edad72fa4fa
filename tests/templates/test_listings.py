"""However many units there are and however long their names: every text that lists them fits into a message."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dialogs.clusters.samples import CALLS as CLUSTER_CALLS
from dialogs.clusters.samples import DUTIES as CLUSTER_DUTIES
from dialogs.clusters.samples import ROW as CLUSTER_ROW
from dialogs.clusters.samples import UNIT as CLUSTER_CALL
from dialogs.shared.samples import DUTY
from dialogs.status.samples import STATUS
from domain.calendar import VIETNAM
from domain.duties.reachability import EscalationLevel, Reason
from domain.duties.tallies import TallyPart
from domain.roles import Role
from scheduler.messages.reminders import write_digest
from scheduler.messages.weekly import WeeklyLine
from templates import render
from templates.bounds import LONGEST_MESSAGE, bounded, visible_length
from tests.support.counting import NOON, board_on, tally_of
from usecases.clusters.calls import ClusterContact
from usecases.clusters.duties import ClusterDutyView
from usecases.clusters.nudges import ClusterNudgeView
from usecases.duties.tallies import ClusterCount
from usecases.reachability.call_list import CallPerson
from usecases.reachability.unit_notices import ReachedPost, UnitNotice
from usecases.reminders.digest import DigestView, EscalationView
from usecases.waiting.waiting import WaitingItem, WaitingKind

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = [f"{number} " + "Đơn vị có tên rất dài " * 8 for number in range(1, 201)]
NAMES = [name[:200] for name in NAMES]
EACH = dict.fromkeys(TallyPart, NAMES)
STATUS_OF_MANY = replace(
    STATUS, tally=tally_of(**EACH), clusters=tuple(ClusterCount(name, 3, 6) for name in NAMES), title=NAMES[0]
)
ESCALATIONS = {
    level: tuple(
        EscalationView(name, Reason.BLOCKED, NOON.astimezone(VIETNAM), level, (replace(DUTY, title=NAMES[0]),))
        for name in NAMES
    )
    for level in EscalationLevel
}


class Changed:
    """A merge of two hundred units, as the templates of changes read it."""

    old = NAMES
    new = NAMES
    day = date(2026, 7, 1)
    change = "MERGE"
    takes_in = False
    told = 5


def digest_of(level: EscalationLevel) -> str:
    return write_digest(DigestView((), hour=NOON, escalations=ESCALATIONS[level])).html


def board_with(**names: list[str]) -> str:
    return str(
        render(
            "groups/scoreboards/board",
            board=replace(board_on(tally_of(**names)), cluster_name=NAMES[0], title=NAMES[0]),
        )
    )


LISTINGS: dict[str, Callable[[], str]] = {
    "board": lambda: board_with(**EACH),
    "board of the missing": lambda: board_with(OVERDUE=NAMES),
    "board of the extended": lambda: board_with(SPARED=NAMES),
    "cluster reminder": lambda: render("reminders/cluster", board=board_on(tally_of(**EACH)), officers={}),
    "cluster reminder with mentions": lambda: render(
        "reminders/cluster",
        board=board_on(tally_of(**EACH)),
        officers={unit.unit_id: 10**10 + unit.unit_id for unit in tally_of(**EACH).missing},
    ),
    "weekly": lambda: render(
        "reminders/weekly",
        lines=[WeeklyLine(STATUS_OF_MANY, days_left=-3, named=STATUS_OF_MANY.tally.missing)] * 7,
        others=3,
        unchanged=2,
        muted=3,
        unreached=200,
        to_review=200,
        longest=90,
        at=NOON,
    ),
    "what waits": lambda: render(
        "waiting/list",
        items=[WaitingItem(WaitingKind.REVIEW, 1, NAMES[0], NAMES[1], NOON, 9, is_late=True, waits_for=NAMES[2])] * 7,
        total=200,
        others=193,
        late=200,
        at=NOON,
    ),
    "who was told": lambda: render(
        "reachability/unit_notices/told",
        told=UnitNotice(
            NAMES[0],
            (),
            Reason.BLOCKED,
            tuple(ReachedPost(Role.OFFICER, name, 2) for name in NAMES),
            tuple(CallPerson(name[:80], "Chuyên viên", "+84900000101", Role.OFFICER, name) for name in NAMES),
        ),
    ),
    "duties": lambda: render("status/duties", cluster=None, at=NOON, statuses=[STATUS_OF_MANY] * 30),
    "duty": lambda: render("status/duty", status=STATUS_OF_MANY, shown=6),
    "missing": lambda: render("status/missing", status=STATUS_OF_MANY, page_units=STATUS_OF_MANY.unfinished[:15]),
    "nudge": lambda: render(
        "status/nudge",
        status=STATUS_OF_MANY,
        reached=STATUS_OF_MANY.missing,
        unreached=STATUS_OF_MANY.missing,
        nudged=STATUS_OF_MANY.missing,
    ),
    "cluster's duty": lambda: render(
        "clusters/duty", status=STATUS_OF_MANY, duty=ClusterDutyView(STATUS_OF_MANY, tuple(NAMES), others_missing=9)
    ),
    "cluster's text to forward": lambda: render("clusters/forwardable", board=board_on(tally_of(**EACH))),
    "cluster's duties": lambda: render(
        "clusters/duties",
        cluster=replace(CLUSTER_DUTIES, rows=(replace(CLUSTER_ROW, tally=STATUS_OF_MANY.tally, title=NAMES[0]),) * 30),
    ),
    "cluster's nudge": lambda: render(
        "clusters/nudge",
        nudge=ClusterNudgeView(
            STATUS_OF_MANY,
            reached=STATUS_OF_MANY.missing,
            nudged=STATUS_OF_MANY.missing,
            unreached=STATUS_OF_MANY.missing,
        ),
    ),
    "cluster's calls": lambda: render(
        "clusters/calls",
        calls=CLUSTER_CALLS,
        shown=[
            replace(
                CLUSTER_CALL,
                line=CLUSTER_CALL.line._replace(name=NAMES[0]),
                people=(ClusterContact(NAMES[0], NAMES[1], "+84900000101"),) * 20,
                called_by=NAMES[0],
            )
        ]
        * 3,
    ),
    "change": lambda: render("organisation/successions/done", done=Changed),
    "units to merge": lambda: render(
        "organisation/successions/units", change="MERGE", several=True, chosen=STATUS_OF_MANY.missing, search=""
    ),
    "successor": lambda: render("organisation/successions/successor", chosen=STATUS_OF_MANY.missing),
    "posts": lambda: render("menu/more", name="Cán bộ", posts=NAMES),
    "digest for a cluster head": lambda: digest_of(EscalationLevel.CLUSTER_HEAD),
    "digest for who picks up the telephone": lambda: digest_of(EscalationLevel.CALL_LIST),
}


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_text_that_lists_units_fits_with_two_hundred_long_names(listing: str) -> None:
    said = LISTINGS[listing]()

    assert 0 < visible_length(said) <= LONGEST_MESSAGE
    assert "dòng nữa" not in said, "cut by the last bound only"


@pytest.mark.parametrize("of_part", [EACH, {"OVERDUE": NAMES}, {"ON_TIME": NAMES}])
def test_a_board_of_a_large_cluster_names_the_missing_before_the_rest(of_part: dict[str, list[str]]) -> None:
    said = board_with(**of_part)

    assert f"/{200 * len(of_part)}" in said
    assert ("⛔" in said or "⏳ " in said) is ("ON_TIME" not in of_part or len(of_part) > 1)
    assert len(of_part) == 1 or said.index("1 Đơn vị có tên", said.index("⏳")) < said.index("↩")


def test_no_template_joins_names_without_a_bound() -> None:
    """Names are joined by `listed`; what is joined by «·» is counted in the template."""
    joins = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"join\(\"(?! · |</b>)", path.read_text(encoding="utf-8"))
    }

    assert joins == set()


def test_a_text_too_long_is_cut_between_two_lines() -> None:
    text = "\n".join(f"<b>{number}</b> " + "chữ " * 100 for number in range(50))

    said = bounded(text)

    assert visible_length(said) <= LONGEST_MESSAGE
    assert re.search(r"… và \d+ dòng nữa$", said)
    assert said.count("<b>") == said.count("</b>")


def test_one_endless_line_is_cut_too_and_stays_escaped() -> None:
    said = bounded("<b>" + "&lt; " * 5000 + "</b>")

    assert visible_length(said) <= LONGEST_MESSAGE
    assert said.startswith("&lt; ")
    assert "<" not in said
