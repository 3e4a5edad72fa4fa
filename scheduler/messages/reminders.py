"""Content of a reminder: what is owed, how to answer, and what to pass on to unreachable units."""

from collections.abc import Sequence

from domain.duties.reachability import EscalationLevel
from scheduler.messages.scheduled_message import ROWS
from templates import render
from templates.filters import again
from usecases.duties.views import DutyView
from usecases.ports import Button, MessageContent
from usecases.reminders.digest import DigestLine, DigestView, EscalationView

LONGEST_ACTION = 64
PRESSING = 1
"""Days before the last valid day from which a reminder offers to ask for more time."""
PASSED_ON = 6
"""Units to be told or called that one message names."""


def write_digest(digest: DigestView) -> MessageContent:
    is_alone = len(digest.lines) == 1
    calls = ((Button("Danh sách gọi", action="calls:1"),),) if _on(digest, EscalationLevel.CALL_LIST) else ()
    shown = digest.lines if is_alone else digest.lines[: ROWS - 1 - len(calls)]
    names = {line.duty.unit_name for line in digest.lines}
    unit_name = names.pop() if len(names) == 1 else None
    html = render(
        "reminders/digest",
        lines=shown,
        unit_name=unit_name,
        others=len(digest.lines) - len(shown),
        stands_in_for=digest.stands_in_for,
        waiting=digest.waiting,
        nudged_by=digest.nudged_by,
        **_escalated(digest),
    )
    if not digest.lines:
        return MessageContent(html, calls)
    if is_alone:
        return MessageContent(html, (*_answers(shown[0]), *calls))
    doors = tuple((door(line.duty, unit_name, is_alone=False),) for line in shown)
    return MessageContent(html, (*doors, (Button("Khác…", action=_others(shown)),), *calls))


def _escalated(digest: DigestView) -> dict[str, object]:
    passed_on, called = _on(digest, EscalationLevel.CLUSTER_HEAD), _on(digest, EscalationLevel.CALL_LIST)
    return {
        "silent": _on(digest, EscalationLevel.UNIT_HEAD),
        "passed_on": passed_on[:PASSED_ON],
        "unpassed": len(passed_on[PASSED_ON:]),
        "called": [escalation.unit_name for escalation in called],
    }


def _on(digest: DigestView, level: EscalationLevel) -> list[EscalationView]:
    return [escalation for escalation in digest.escalations if escalation.level is level]


def _answers(line: DigestLine) -> tuple[tuple[Button, ...], ...]:
    duty, hour = line.duty, again(line.again.at, is_today=line.again.is_today)
    return (
        (door(duty, None, is_alone=True),),
        (
            Button(f"Nhắc lại {hour}", action=f"again:{duty.id}:{int(line.again.at.timestamp())}"),
            Button("Giờ khác…", action=f"hours:{duty.id}"),
        ),
        (
            Button("Chuyển cho…", action=f"handover:{duty.id}"),
            Button("Đã nộp bản giấy", action=f"paper:{duty.id}"),
        ),
        *(((Button("Xin gia hạn", action=f"extend:{duty.id}"),),) if _is_pressing(duty) else ()),
    )


def _is_pressing(duty: DutyView) -> bool:
    return duty.days_left is not None and duty.days_left <= PRESSING


def _others(lines: tuple[DigestLine, ...]) -> str:
    return numbers("others", [line.duty.id for line in lines])


def numbers(kind: str, ids: Sequence[int]) -> str:
    """Return callback data with as many ids as fit into 64 bytes; a shortened list still opens."""
    action = f"{kind}:{ids[0]}"
    for number in ids[1:]:
        longer = f"{action},{number}"
        action = longer if len(longer) <= LONGEST_ACTION else action
    return action


def door(duty: DutyView, unit_name: str | None, *, is_alone: bool) -> Button:
    filling = f"Điền tiếp ({duty.filled}/{duty.total})" if duty.filled else "Nộp ngay"
    label = "Sửa ngay" if duty.correct_by else filling
    if not is_alone:
        label += f": {duty.title}" if unit_name else f": {duty.title} · {duty.unit_name}"
    return Button(label, action=f"duty:{duty.id}")
