"""What becomes of a unit, and which of its figures can be added up with another's."""

import re
from enum import StrEnum


class Change(StrEnum):
    MERGE = "MERGE"
    SPLIT = "SPLIT"
    CLOSE = "CLOSE"


_SHARES_AND_GRADES = re.compile(r"[%‰/]|\b(bình quân|tỷ lệ|điểm|chỉ số|hạng|bậc|hệ số)\b")


def is_additive(uom: str) -> bool:
    """Whether two units' figures in this unit of measure add up: hộ, tỷ đồng do; %, điểm, triệu đồng/người do not."""
    return _SHARES_AND_GRADES.search(uom.casefold()) is None
