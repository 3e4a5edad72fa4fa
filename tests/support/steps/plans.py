"""Steps of tests about plans."""

DATED = """\
    boundary: EXCLUSIVE
    recurrence: YEARLY
    opens: 1/4
    due: 15/5
"""
UNDATED = DATED.replace("EXCLUSIVE", "NONE").replace("    due: 15/5\n", "")
