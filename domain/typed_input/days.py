"""Reading typed days: one grammar for every question that asks for a day or a range of days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Refusal
from domain.typed_input.words import clean_line, count_before, plain

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

_YEAR = timedelta(days=366)
_WEEK = timedelta(days=7)
_FRIDAY = timedelta(days=4)
_DASH = "[-\u2013\u2014]"
_NEAR = {"hom nay": 0, "bua nay": 0, "nay": 0, "mai": 1, "mot": 2, "kia": 2, "hom qua": -1, "hom kia": -2}
_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}

_AROUND = re.compile(
    r"(?:(?:(?:em|toi|minh) )?(?:xin )?nghi )?(?:(?:da|thua|den|het|vao|han|tu|toi)[, ]+)*(?P<day>.*?)"
    r"(?:[, ]+(?:a|ah|nhe|nha|em|anh|chi|bot|oi))*[.!]*"
)
_PART_OF_DAY = re.compile(r"\b(?:sang|trua|chieu|toi) (?=(?:nay|mai|mot|hom|ngay|thu|t\d|chu nhat|cn)\b)")
_BEFORE = re.compile(r"(?:han |nop )?truoc (?:ngay )?\d.*")
_MARKED = re.compile(
    r"(?P<day>\d{1,2}) ?(?P<mark>[/.-]) ?(?P<month>\d{1,2})(?:(?: ?(?P=mark) ?| nam )(?P<year>\d{4}|\d{2}))?"
)
_WORDED = re.compile(
    r"(?P<day>\d{1,2}) ?(?:thang|thg|t) ?(?P<month>\d{1,2}|nay|sau|toi)(?:(?: nam |[ ,/.-]+)(?P<year>\d{4}|\d{2}))?"
)
_MONTH_FIRST = re.compile(r"thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?[, ]+(?:ngay|mung|mong) (?P<day>\d{1,2})")
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_WEEKDAY = r"(?:(?:thu|t)\.? ?(?P<number>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat|cn))"
_OF_WEEK = re.compile(rf"{_WEEKDAY}(?: (?P<week>nay|toi|tuan nay|tuan sau|tuan toi|sau))?")
_NAMED = re.compile(rf"{_WEEKDAY},? (?=(?:ngay |mung |mong )?\d)")
_IN_DAYS = re.compile(r"(?:sau )?(?P<count>\d{1,3}) (?P<unit>ngay|hom|bua|tuan)(?: nua)?")
_MONTH_END = re.compile(r"(?:ngay cuoi(?: cung)?|(?:den )?het) thang(?: (?P<month>\d{1,2}|nay|sau|toi))?")
_TWO_DAYS = re.compile(
    r"(?:ngay )?(?P<first>\d{1,2}(?:[/.]\d{1,2})?) ?(?:,|va) ?(?:ngay )?(?P<last>\d{1,2}(?:[/.]| thang ).*)"
)
_SHORT_RANGE = re.compile(
    rf"(?:tu )?(?:ngay )?(?P<first>\d{{1,2}}) ?(?:{_DASH}|den(?: het)?|toi) ?"
    r"(?:ngay )?(?P<last>\d{1,2}(?:[/.]| thang ).*)"
)
_RANGE = re.compile(r"(?P<first>.+?) ?(?: den het | den | toi |->|~) ?(?P<last>.+)")
_DASHED_RANGE = re.compile(
    rf"(?P<first>.+?)(?: {_DASH} ?| ?{_DASH} |(?:(?<=[/.]\d)|(?<=[/.]\d\d)|(?<=[/.]\d{{4}})){_DASH})(?P<last>.+)"
)
_TWO_NUMBERS = re.compile(rf"(?P<first>\d{{1,2}}) ?{_DASH} ?(?P<last>\d{{1,2}})")
_NEXT_WEEK = re.compile(r"(?:ca |trong )?tuan (?:sau|toi)")


@dataclass(frozen=True, slots=True)
class _Written:
    """A typed day and month; the year is None if it was not typed."""

    day: int
    month: int
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.day}/{self.month}" + (f"/{self.year}" if self.year is not None else "")


def read_day(
    text: str, *, today: date, since: date | None = None, until: date | None = None, example: str = "20/5"
) -> date:
    """Return the day that was typed: 20/5, 20-5-2026, ngày 20 tháng 5, mai, thứ sáu tuần sau.

    A day without a year is the next such day from `since` (default: today) through `until` (default: a year later). If
    there is none, it is that of the year of `since`, so that the caller can refuse it with a reason of its own.
    Weekdays are counted from today.

    Raises Refusal if the text is no day, names a day that does not exist, or can mean two days.
    """
    said = _bare(text)
    if _BEFORE.fullmatch(said):
        raise Refusal(
            "day-ambiguous",
            f"«{_quoted(text)}»: bot chưa rõ có tính cả ngày ấy không. Anh/chị gõ ngày cuối, ví dụ: {example}",
        )
    if _SHORT_RANGE.fullmatch(said) or _DASHED_RANGE.fullmatch(said):
        raise Refusal("day-is-a-range", f"Ở đây bot cần một ngày. Anh/chị gõ ngày và tháng, ví dụ: {example}")
    begin = since or today
    found = _read(said, today=today)
    if found is None:
        raise Refusal(
            "day-unread", f"Bot chưa đọc được ngày «{_quoted(text)}». Anh/chị gõ ngày và tháng, ví dụ: {example}"
        )
    return found if isinstance(found, date) else _dated(found, since=begin, until=until or begin + _YEAR)


def read_days(text: str, *, today: date, until: date | None = None) -> tuple[date, date] | None:
    """Return the first and last day that were typed: 12/5-15/5, 12-15/5, từ 12/5 đến hết 15/5, mai.

    The result is None if the text is no day. Years are as in `read_day`; the last day is the next such day from the
    first on. Raises Refusal as `read_day` does.
    """
    said = _bare(text)
    if two := _TWO_DAYS.fullmatch(said):
        return _neighbouring(two["first"], two["last"], today=today)
    if _NEXT_WEEK.fullmatch(said):
        monday = today - timedelta(days=today.weekday()) + _WEEK
        return monday, monday + _FRIDAY
    if two := _TWO_NUMBERS.fullmatch(said):
        first, last = two["first"], two["last"]
        raise Refusal(
            "days-ambiguous",
            f"«{_quoted(text)}» đọc được hai cách. Anh/chị gõ cả tháng, ví dụ: {first}/{last} hoặc {first}-{last}/5",
        )
    found = _SHORT_RANGE.fullmatch(said) or (None if _read(said, today=today) else _parted(said))
    if found is None:
        alone = _read(said, today=today)
        if alone is None:
            return None
        day = alone if isinstance(alone, date) else _dated(alone, since=today, until=until or today + _YEAR)
        return day, day
    last = _read(_bare(found["last"]), today=today)
    is_short = found["first"].isdigit()
    first = last if is_short else _read(_bare(found["first"]), today=today)
    if is_short and isinstance(last, _Written):
        first = _Written(int(found["first"]), last.month, last.year)
    if first is None or last is None:
        return None
    return _from_to(first, last, today=today, until=until or today + _YEAR)


def _neighbouring(first: str, last: str, *, today: date) -> tuple[date, date] | None:
    """Return «12 và 13/5» as a range; two days that are not neighbours are none."""
    ends = _read(_bare(last), today=today)
    begins = _Written(int(first), ends.month, ends.year) if first.isdigit() and isinstance(ends, _Written) else None
    if not isinstance(ends, _Written):
        return None
    found = _from_to(begins or _read(first, today=today) or ends, ends, today=today, until=today + _YEAR)
    return found if found[1] - found[0] == timedelta(days=1) else None


def _parted(said: str) -> re.Match[str] | None:
    return _RANGE.fullmatch(said) or _DASHED_RANGE.fullmatch(said)


def _from_to(first: date | _Written, last: date | _Written, *, today: date, until: date) -> tuple[date, date]:
    if isinstance(first, _Written) and first.year is None and isinstance(last, _Written) and last.year:
        end = _dated(last, since=today, until=until)
        begins_before = (first.month, first.day) <= (last.month, last.day)
        return _dated(_Written(first.day, first.month, end.year - (not begins_before)), since=today, until=until), end
    begin = first if isinstance(first, date) else _dated(first, since=today, until=until)
    end = last if isinstance(last, date) else _dated(last, since=begin, until=begin + timedelta(days=183))
    return begin, end


def _bare(text: str) -> str:
    """Return the text without accents and polite words around it; «một» is the number, «mốt» the day after tomorrow."""
    said = plain(re.sub(r"\bmột\b", "1", clean_line(text).casefold()))
    said = _PART_OF_DAY.sub("", count_before(said, "ngay|tuan|hom|bua"))
    if _MONTH_END.fullmatch(said):
        return said
    found = _AROUND.fullmatch(said)
    return found["day"].strip() if found else said


def _read(said: str, *, today: date) -> date | _Written | None:
    """Return the day, or day and month, that the plain text means, or None if it is no day."""
    if found := _NAMED.match(said):
        return _on_weekday(_read(said[found.end() :], today=today), _number(found), today=today)
    if found := _MONTH_END.fullmatch(said):
        return _month_end(found["month"] or "nay", today=today)
    said = re.sub(r"^(?:(?:ngay|mung|mong) )+(?=\S)", "", said)
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if (found := _IN_DAYS.fullmatch(said)) and (said.endswith("nua") or said.startswith("sau")):
        return today + timedelta(days=int(found["count"]) * (7 if found["unit"] == "tuan" else 1))
    if found := _OF_WEEK.fullmatch(said):
        return _of_week(_number(found), found["week"] or "", today=today)
    return _read_month(said, today=today)


def _month_end(month: str, *, today: date) -> date | None:
    """Return the last day of the month that is meant: this one, the next one, or the next of this number."""
    number = int(month) if month.isdigit() else today.month + (month != "nay")
    if not 1 <= number <= 13:
        return None
    year = today.year + (number > 12 or number < today.month)
    following = date(year + (number % 12 == 0), number % 12 + 1, 1)
    return following - timedelta(days=1)


def _read_month(said: str, *, today: date) -> _Written | None:
    """Return a day that was typed with its month: 20/5, 20 tháng 5, 20 tháng sau, or None if it is none."""
    found = next((match for form in (_MARKED, _WORDED, _MONTH_FIRST, _ISO) if (match := form.fullmatch(said))), None)
    if found is None:
        return None
    year = None if found["year"] is None else int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    if found["month"].isdigit():
        return _Written(int(found["day"]), int(found["month"]), year)
    month = today.month if found["month"] == "nay" else today.month % 12 + 1
    return _Written(int(found["day"]), month, today.year + (month < today.month))


def _number(found: re.Match[str]) -> int:
    return 6 if found["sunday"] else _NUMBERS[found["number"]]


def _of_week(weekday: int, week: str, *, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if week.startswith("tuan") or week == "sau":
        return monday + timedelta(days=weekday) + (timedelta() if week == "tuan nay" else _WEEK)
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    if coming == today:
        name = WEEKDAYS[weekday]
        raise Refusal(
            "weekday-is-today",
            f"Hôm nay cũng là {name}. Anh/chị gõ «hôm nay» cho ngày {today:%d/%m}, "
            f"hoặc «{name} tuần sau» cho ngày {today + _WEEK:%d/%m}.",
        )
    return coming


def _on_weekday(found: date | _Written | None, weekday: int, *, today: date) -> date | _Written | None:
    """Return the day if it falls on that weekday in the typed year, or else in this or the next year.

    Raises Refusal if it falls on another weekday.
    """
    if not isinstance(found, _Written):
        return None
    years = (found.year,) if found.year is not None else (today.year, today.year + 1)
    days = [day for year in years if (day := _on_calendar(found, year))]
    fitting = next((day for day in days if day.weekday() == weekday), None)
    if days and fitting is None:
        is_named = WEEKDAYS[days[0].weekday()]
        raise Refusal(
            "weekday-mismatch",
            f"Ngày {days[0]:%d/%m/%Y} là {is_named}, không phải {WEEKDAYS[weekday]}. Anh/chị gõ lại giúp.",
        )
    return fitting or found


def _dated(written: _Written, *, since: date, until: date) -> date:
    years = (written.year,) if written.year is not None else (since.year, since.year + 1)
    days = [day for year in years if (day := _on_calendar(written, year))]
    if not days:
        hint = " Ngày đứng trước, tháng đứng sau." if written.month > 12 >= written.day else ""
        in_year = (
            "" if written.year is not None or written.month > 12 or written.day > 29 else f" trong năm {since.year}"
        )
        raise Refusal(
            "day-not-in-calendar", f"Không có ngày {written}{in_year}.{hint} Anh/chị gõ lại ngày và tháng, ví dụ: 20/5"
        )
    if written.year is not None:
        return days[0]
    return next((day for day in days if since <= day <= until), days[0])


def _on_calendar(written: _Written, year: int) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _quoted(text: str) -> str:
    typed = clean_line(text)
    return typed if len(typed) <= 40 else f"{typed[:39]}…"
