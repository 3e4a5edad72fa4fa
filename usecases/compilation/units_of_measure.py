"""The unit of measure in which a figure was entered: that of the plan's version that was in force then."""

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from domain.plans.plans import Indicator, Plan
from models.plans.in_force import parsed
from usecases.context import Context

_Versions = Mapping[str, tuple[Sequence[datetime], Sequence[Mapping[str, str]]]]
"""{plan code: (times from which its versions were in force, {indicator code: unit of measure} of each)}."""


class UnitsOfMeasure:
    """Tells whether a figure was entered in the unit of measure that its indicator has now."""

    def __init__(self, plan: Plan, versions: _Versions) -> None:
        self.now = _uoms(plan.indicators)
        self._versions = versions
        self._changed = {
            (plan_code, code)
            for plan_code, (_, each) in versions.items()
            for uoms in each
            for code, uom in uoms.items()
            if uom != self.now.get(code)
        }

    def other(self, plan_code: str, indicator: str, *, at: datetime) -> str | None:
        """Return the unit of measure of a figure entered at this time under a plan, or None if it is today's.

        Figures from before the first version were entered for it.
        """
        if (plan_code, indicator) not in self._changed:
            return None
        times, uoms = self._versions[plan_code]
        uom = uoms[max(bisect_right(times, at) - 1, 0)].get(indicator)
        return None if uom == self.now.get(indicator) else uom


async def units_of_measure(ctx: Context, plan: Plan, plan_codes: Collection[str]) -> UnitsOfMeasure:
    """Read the versions of these plans; `plan` is the one in force."""
    found: dict[str, tuple[list[datetime], list[Mapping[str, str]]]] = {}
    for code, at, text in await ctx.uow.compilations.versions(plan_codes):
        times, uoms = found.setdefault(code, ([], []))
        times.append(at)
        # A text that is not parsed yet takes longer than others may wait.
        uoms.append(_uoms((await asyncio.to_thread(parsed, text)).indicators))
    return UnitsOfMeasure(plan, found)


def _uoms(indicators: Iterable[Indicator]) -> dict[str, str]:
    return {indicator.code: indicator.uom for indicator in indicators}
