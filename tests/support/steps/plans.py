"""Steps of tests about plans."""

from demo.sample import PLAN
from plans.catalogue import shipped_plan

DATED = """\
    boundary: EXCLUSIVE
    recurrence: YEARLY
    opens: 1/4
    due: 15/5
"""
UNDATED = DATED.replace("EXCLUSIVE", "NONE").replace("    due: 15/5\n", "")

WITH_EVENT = shipped_plan(PLAN).replace(
    "deadlines:\n",
    """deadlines:
  - code: ho-so-trao-thuong
    kind: DOSSIER
    title: Hồ sơ trao thưởng
    applies_to: [COMMUNE]
    wording: trước ngày trao thưởng ít nhất 07 ngày
    boundary: INCLUSIVE
    recurrence: EVENT
    event: {name: ngày trao thưởng, before: 7}
    source: mục IV
""",
    1,
)
"""The sample plan with a dossier whose deadline goes by an event."""
