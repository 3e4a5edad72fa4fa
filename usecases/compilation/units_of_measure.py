"""The unit of measure in which a figure was entered: that of the plan's version that was in force then."""

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.plans.in_force import parsed
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class UnitsOfMeasure:
    versions: Mapping[str, tuple[Sequence[datetime], Sequence[Mapping[str, str]]]]
    """{plan code: (times from which its versions were in force, {indicator code: unit of measure} of each)}."""

    def of(self, plan_code: str, indicator: str, *, at: datetime | None) -> str | None:
        """Return the unit of measure of an indicator at this time, or None if the plan did not have it.

        Figures from before the first version were entered for it: it is asked.
        """
        if at is None or plan_code not in self.versions:
            return None
        times, uoms = self.versions[plan_code]
        return uoms[max(bisect_right(times, at) - 1, 0)].get(indicator)


async def units_of_measure(ctx: Context, plan_codes: Collection[str]) -> UnitsOfMeasure:
    """Return the units of measure of these plans through all their versions."""
    found: dict[str, tuple[list[datetime], list[Mapping[str, str]]]] = {}
    for code, at, text in await ctx.uow.compilations.versions(plan_codes):
        times, uoms = found.setdefault(code, ([], []))
        # A text that is not parsed yet takes longer than others may wait.
        plan = await asyncio.to_thread(parsed, text)
        times.append(at)
        uoms.append({indicator.code: indicator.uom for indicator in plan.indicators})
    return UnitsOfMeasure(found)
