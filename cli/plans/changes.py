"""Changes by loading a plan, as the command line prints them."""

from collections.abc import Iterator
from datetime import date

from domain.plans.plans import Plan
from templates.filters import deadline
from usecases.plans.changes import ChangeKind, RuleChange
from usecases.plans.loading import LoadedPlan
from usecases.plans.shares import PlanShares


def tell_loaded(loaded: LoadedPlan, *, is_dry: bool) -> str:
    """Return one line on the plan's status, then one line for each change."""
    if loaded.is_same:
        return f"không có gì đổi, {loaded.plan.title} bản {loaded.version - 1} đang áp dụng."
    stands = "sẽ áp dụng" if is_dry else "đã áp dụng"
    head = f"{stands} {loaded.plan.title}, bản {loaded.version}. {say_reach(loaded.shares)}{_since(loaded.plan)}"
    shares = say_shares(loaded.shares) if loaded.version == 1 else say_gaps(loaded.shares)
    return "\n".join([head, *_lines(loaded), *shares])


def say_reach(shares: PlanShares) -> str:
    """«28/60 đơn vị có việc.»"""
    return f"{shares.busy}/{shares.units} đơn vị có việc."


def _since(plan: Plan) -> str:
    return f" Tính từ ngày {plan.counts_from:%d/%m/%Y}." if plan.counts_from else ""


def say_shares(shares: PlanShares) -> Iterator[str]:
    """Yield a line for each duty with the number of units that owe it, then the lines of `say_gaps`."""
    for one in shares.owed:
        yield f"  {one.title}, {_day(one.last_valid_day)} · {one.units} đơn vị"
    for one in shares.past:
        yield f"  {one.title}, {_day(one.last_valid_day)} · trước ngày bắt đầu tính, không phải nộp"
    yield from say_gaps(shares)


def say_gaps(shares: PlanShares) -> Iterator[str]:
    """Yield a line for each duty that no unit owes, and one for the units that owe nothing."""
    if not shares.owed:
        yield f"  không đơn vị nào phải nộp gì{'' if shares.unasked else ': kế hoạch không còn hạn nào'}"
    for title in shares.unasked:
        yield f"  {title} · chưa có đơn vị nào phải nộp"
    if shares.idle and shares.owed:
        yield f"  {len(shares.idle)} đơn vị không có việc: {', '.join(shares.idle)}"


def _lines(loaded: LoadedPlan) -> Iterator[str]:
    for rule in loaded.rules:
        yield f"  {rule.code}: {_change(rule)} · {len(rule.units)} đơn vị: {', '.join(rule.units)}"
    for name in loaded.indicators.added:
        yield f"  thêm chỉ tiêu: {name}"
    for name in loaded.indicators.removed:
        yield f"  bỏ chỉ tiêu: {name}"


def _change(rule: RuleChange) -> str:
    match rule.what:
        case ChangeKind.NEW:
            return f"thêm «{rule.new_title}», {_day(rule.new_day)}"
        case ChangeKind.REMOVED:
            return f"bỏ «{rule.old_title}», {_day(rule.old_day)}"
        case ChangeKind.RENAMED:
            return f"«{rule.old_title}» đổi tên thành «{rule.new_title}»"
        case ChangeKind.MOVED:
            renamed = f", đổi tên thành «{rule.new_title}»" if rule.new_title != rule.old_title else ""
            return f"«{rule.old_title}» từ {_day(rule.old_day)} sang {_day(rule.new_day)}{renamed}"


def _day(day: date | None) -> str:
    return deadline(day) if day else "không có ngày"
