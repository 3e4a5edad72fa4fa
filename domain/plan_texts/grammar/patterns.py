"""Regular expressions of days, months, quarters and hours, for folded text; all are bounded, so none can run away."""

import re


def spaced(word: str) -> str:
    """Return a pattern of the word that allows for a space lost into it: «ng ày», «tr ước»."""
    return " ?".join(word)


NGAY, THANG, NAM, QUY, TRUOC = (spaced(word) for word in ("ngay", "thang", "nam", "quy", "truoc"))
_SEP = r" ?[/.-] ?"
_YEAR = r"(?:19|20)\d\d"
_D, _M = r"[0-3]?\d", r"[01]?\d"
_END = r"(?![\d]|[/-][\w]|[.,]\d| ?%)"
_YEAR_WORDS = rf"(?:,? ?{NAM} ?|{_SEP}|,? )"

_NO_DAY = "".join(
    f"(?<!{word} )" for word in ("tuan", "quy", "dot", "lan", "cum", "khoi", "so", "dieu", "muc", "thang")
)
"""Words before a number that is no day: «tuần 3, tháng 8», «tháng 9 - 10/2026»."""

DAY = re.compile(
    rf"(?<![\d/])(?<!\d[.,-]){_NO_DAY}"
    rf"(?:(?P<d>{_D}) ?,? ?{THANG} ?(?P<m>{_M})(?:{_YEAR_WORDS}(?P<y>{_YEAR}))?{_END}"
    rf"|(?P<d2>{_D})(?P<sep>{_SEP})(?P<m2>{_M})(?:{_SEP}(?P<y2>{_YEAR})|,? {NAM} (?P<y3>{_YEAR}))?{_END})"
)
"""A day with its month: 15/5, 15-11-2026, 15 tháng 11 năm 2026."""

LATER_MONTH = re.compile(
    rf"(?: ?, ?| va | hoac |; )(?:{THANG} )?(?P<m>{_M})(?![\d/.%-]|,\d| {THANG}| ngay| %| ?- ?\d)"
    rf"(?! (?:tap the|ca nhan))"
)
"""A further month of «ngày 20 các tháng 3, 6, 9 và 12»."""

_NEXT = "(?:sau|ke tiep|tiep theo|lien ke|ke sau|lien sau)"
_OF_MONTH = (
    rf"(?P<monthly>(?:cua )?(?:hang|moi|cac) {THANG}(?! ?\d))"
    rf"|(?P<next_month>(?:cua )?{THANG} {_NEXT})"
    rf"|(?P<last_of_quarter>(?:cua )?{THANG} cuoi(?: cung)?(?: cua)?(?: moi| hang| cac)? {QUY}(?! sau))"
    rf"|(?P<first_of_quarter>(?:cua )?{THANG} dau(?: tien)?(?: cua)?(?: moi)? {QUY}(?P<next_quarter> {_NEXT})?)"
)
DAY_OF_MONTH = re.compile(rf"(?<![\d/])(?P<d>{_D}) (?:{_OF_MONTH})")
"""A day of every month or quarter: «ngày 20 hằng tháng», «ngày 05 tháng đầu quý sau»."""

MONTHS_OF_DAY = re.compile(rf"(?<![\d/])(?P<d>{_D}) (?:cua )?(?:cac |moi )?{THANG}:? (?P<m>{_M})(?=(?: ?,| va) )")
"""The beginning of «ngày 20 các tháng 3, 6, 9, 12»."""

LAST_DAY = re.compile(
    rf"{NGAY} (?:lam viec )?cuoi(?: cung)?(?: cua)?(?: moi| hang)? "
    rf"(?:(?P<month>{THANG})(?! ?\d)|(?P<quarter>{QUY})(?! [i1-4])|{NAM}\b)"
)

BARE_DAY = re.compile(rf"{NGAY} (?P<d>{_D})(?!\d| ?[/.-] ?\d| ?,? ?(?:{THANG}|lam|nghi)|[,.]\d)")
"""A day without its month: «trước ngày 20», which a monthly report is due."""

_PART = (
    r"(?:(?P<part>dau|cuoi|giua|trung tuan|thuong tuan|ha tuan|nua dau|nua cuoi"
    r"|tuan (?:le )?(?:thu )?(?:dau(?: tien)?|cuoi(?: cung)?|nhat|hai|ba|tu|1|2|3|4))(?: cua|,)? )?"
)
MONTH = re.compile(
    rf"(?<![\d/] )(?<!\d){_PART}(?:cac )?(?:{THANG}) (?P<m>{_M})(?:{_YEAR_WORDS}(?P<y>{_YEAR})|{_SEP}(?P<y2>{_YEAR}))?"
    rf"(?![\d]|{_SEP}\d|[/-]\w)"
)
"""A month: «tháng 01 năm 2024», «tuần đầu tháng 6»."""

MONTH_RANGE = re.compile(
    rf"(?P<from>\btu )?{THANG} (?P<m1>{_M}) ?(?:-|den(?: het)?) ?(?:{THANG} )?(?P<m2>{_M})"
    rf"(?:{_YEAR_WORDS}(?P<y>{_YEAR})|{_SEP}(?P<y2>{_YEAR}))?(?![\d]|{_SEP}\d|[/-]\w)"
)
"""«từ tháng 4 đến tháng 6/2026», «tháng 9 - 10/2026»."""

DAY_RANGE = re.compile(rf"(?<![\d/])(?P<d1>{_D})/(?P<m1>{_M}) ?- ?(?=[0-3]?\d/[01]?\d)")
"""The beginning of «15/7 - 20/7/2026»."""

_Q = r"(?:iv|i{1,3}|[1-4])"
QUARTER = re.compile(
    rf"\b{QUY} (?P<q>{_Q})\b(?P<more>(?:(?: ?, ?| va |-| - |; )(?:{QUY} )?{_Q}\b){{0,3}})"
    rf"(?:(?: ?/ ?|,? {NAM} | )(?P<y>{_YEAR}))?(?!/)"
)
QUARTER_NUMBER = re.compile(rf"\b{_Q}\b")
YEAR = re.compile(rf"\b{NAM} (?P<y>{_YEAR})\b(?! ?- ?\d)")
PHASE = re.compile(rf"\bgia ?i? ?doan,? (?:{NAM} )?(?P<y1>{_YEAR}) ?(?:-|den) ?(?:{NAM} )?(?P<y2>{_YEAR})\b")

RANGE = re.compile(
    rf"\btu (?:{NGAY} )?(?P<d1>{_D})(?:(?: {THANG} |{_SEP})(?P<m1>{_M})(?:(?: {NAM} |{_SEP})(?P<y1>{_YEAR}))?)?"
    rf"(?: {NAM} (?P<before>truoc))?,? (?:den|toi|cho den)(?P<whole>(?: ?het)?)"
    rf"(?: [012]?\d ?(?:gio|h|g)(?: ?[0-5]\d)?(?: phut)?,?)?(?: {NGAY})? "
    rf"(?=[0-3]?\d(?: ?,? ?{THANG}|{_SEP}))|"
    rf"\btu (?:{NGAY} )?(?P<d3>{_D})(?:(?P<sep3>{_SEP})(?P<m3>{_M})(?:{_SEP}(?P<y3>{_YEAR}))?)?"
    rf" ?- ?(?=[0-3]?\d{_SEP}[01]?\d)"
)
"""The beginning of «từ ngày 25/7 đến hết ngày 31/7/2022», up to its last day."""

_HOUR = (
    r"(?P<hour>[012]?\d) ?(?:gio|h|g)(?: ?(?P<minute>[0-5]\d))?(?: ?(?:phut|'|p))?(?: (?:sang|(?P<late>chieu|toi)))?"
)
HOUR_BEFORE = re.compile(
    rf"(?<!\d){_HOUR},?(?: (?:cua )?(?:{NGAY}|thu (?:hai|ba|tu|nam|sau|bay|[2-7]),? (?:{NGAY} )?|hang {NGAY}))? ?\(?$"
)
HOUR_AFTER = re.compile(rf" ?[,(]? ?(?:truoc|luc|vao luc|cham nhat|den)? ?{_HOUR}")

TAIL = re.compile(
    rf" ?,? ?\(? ?(?:cua )?(?:(?P<later>{NAM} (?:sau(?! day)|ke tiep|tiep theo|lien ke(?! truoc)|ke sau|lien sau))"
    rf"|(?P<earlier>{NAM} truoc)|(?P<yearly>(?:hang|moi) {NAM})|(?P<same>{NAM} nay|cung {NAM}|{NAM} bao cao))\b"
)
"""What follows a day and tells its year."""
