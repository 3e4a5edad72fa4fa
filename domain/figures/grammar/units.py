"""Units of measure that stand apart from their number: «Thu ngân sách (tỷ đồng): 12,5»."""

import re

_MONEY = r"(?:(?:nghin|ngan|tram|chuc) )?(?:ty|ti|trieu|tr|nghin|ngan)(?:\.? ?(?:dong|d|vnd))?|dong|vnd"
_PER = r"(?: ?/ ?(?:nguoi|ng|ho|nam|thang)){0,2}"
_COUNTED = r"(?:nguoi|ho|vu|luot|lan|mo hinh|hoat dong|cong trinh|diem|van de|chi tieu|lao dong|hoc sinh|ho so|cuoc|em)"
UNIT_ALONE = re.compile(
    rf"(?:(?:dvt|don vi tinh|don vi|tinh bang) ?:? ?)?(?P<unit>(?:{_MONEY}){_PER}|%|phan tram|ty le %"
    rf"|{_COUNTED}(?:/[a-z]+)?|km2|km²|km|m2|m²|ha|hecta|kg|tan|m)"
)


_OF_TABLE = re.compile(r"\(?(?:dvt|don vi tinh|don vi|tinh bang) ?:? ?(?P<unit>[^():]{1,30}?)[).]*")
_MONEY_ALONE = re.compile(_MONEY)


def money_of_table(folded: str) -> str | None:
    """Return the unit of money that a line above a table says for all of it: «(ĐVT: triệu đồng)»; else None."""
    found = _OF_TABLE.fullmatch(folded.strip())
    unit = found["unit"].strip() if found else ""
    if not _MONEY_ALONE.fullmatch(unit):
        return None
    return unit if unit.endswith(("dong", "d", "vnd", "ty", "ti")) else f"{unit} dong"


def unit_in(folded: str) -> str | None:
    """Return the unit that these words, and nothing else, are; None if they are not one."""
    found = UNIT_ALONE.fullmatch(folded.strip())
    return found["unit"].removeprefix("ty le ") if found else None
