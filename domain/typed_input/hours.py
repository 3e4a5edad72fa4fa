"""Reading typed hours: 15h, 15 giờ 30, 3 giờ chiều, chiều nay 3 giờ, 8 giờ sáng mai, 14:00."""

import re
from datetime import datetime, time, timedelta, tzinfo

from domain.calendar import ONE_DAY
from domain.errors import Refusal
from domain.typed_input.days import read_day
from domain.typed_input.words import clean_line, count_before, plain

_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?: ?(?:h|gio|g)(?: ?(?P<minute>\d{2})(?![\d/.-])(?: ?(?:phut|p))?| kem (?P<less>\d{1,2})"
    r"| ?(?P<half>ruoi))?| ?(?P<and_half>ruoi)|[:.](?P<clock>\d{2}))"
)
_NUMBER = re.compile(r"(?P<hour>\d{1,2})(?P<half>)(?P<and_half>)(?P<minute>)(?P<clock>)(?P<less>)")
_PART = re.compile(r"\b(?P<part>sang|trua|chieu|toi|dem)\b")
_ENGLISH = ((re.compile(r"(?<=\d) ?pm\b"), "h chieu"), (re.compile(r"(?<=\d) ?am\b"), "h sang"))
_LATER = re.compile(r"(?:sau )?(?P<count>\d{1,3}|nua) ?(?P<unit>tieng|gio|h|phut|p)(?P<half> ruoi)?(?: nua)?")
_MANNERS = re.compile(
    r"\b(?:luc|vao|nhac|lai|toi luc|da|a|ah|nhe|nha|khoang|tam (?=\d)|chung|dau gio(?= sang)|em|bot|oi|giup|thoi)\b"
)
_NOON = 12


def read_hour(text: str, *, now: datetime, zone: tzinfo, opens: time, closes: time) -> datetime:
    """Return the typed instant, in `zone`; without a day, the next such hour.

    «3 giờ» means 3:00 or 15:00, whichever lies between `opens` and `closes`; «sáng mai» means tomorrow at `opens`.
    Raises Refusal if the text is no hour.
    """
    wall = now.astimezone(zone)
    said = " ".join(_MANNERS.sub(" ", plain(re.sub(r"\bmột\b", "1", clean_line(text).casefold()))).split())
    said = count_before(said, "gio|h\\b|tieng|phut|ruoi")
    for pattern, words in _ENGLISH:
        said = pattern.sub(words, said)
    if said.endswith("nua") and (later := _LATER.fullmatch(said)):
        return wall.replace(second=0, microsecond=0) + _length(later)
    part = _PART.search(said)
    rest = " ".join(_PART.sub(" ", said, count=1).split())
    found = _HOUR.search(rest) or _NUMBER.fullmatch(rest)
    if found is None and not (part and part["part"] == "sang"):
        raise _unread(text)
    hour = _on_clock(found, part["part"] if part else "", opens=opens, closes=closes) if found else opens
    if hour is None:
        raise _unread(text)
    day = f"{rest[: found.start()]} {rest[found.end() :]}".strip(" ,.") if found else rest
    if day:
        return datetime.combine(read_day(day, today=wall.date()), hour, tzinfo=zone)
    today = datetime.combine(wall.date(), hour, tzinfo=zone)
    return today if today > now else today + ONE_DAY


def _unread(text: str) -> Refusal:
    return Refusal(
        "hour-unread",
        f"Bot chưa đọc được giờ «{clean_line(text)[:40]}». Anh/chị gõ giờ, ví dụ: 15h hoặc 8 giờ sáng mai",
    )


def _length(found: re.Match[str]) -> timedelta:
    count = 0.5 if found["count"] == "nua" else int(found["count"]) + (0.5 if found["half"] else 0)
    return timedelta(minutes=count) if found["unit"] in ("phut", "p") else timedelta(hours=count)


def _on_clock(found: re.Match[str], part: str, *, opens: time, closes: time) -> time | None:
    hour = int(found["hour"])
    minute = 30 if found["half"] or found["and_half"] else int(found["minute"] or found["clock"] or 0)
    if found["less"]:
        hour, minute = (hour - 1) % 24, 60 - int(found["less"])
    if hour > 23 or not 0 <= minute <= 59:
        return None
    if part == "dem":
        return time(hour % _NOON + (_NOON if 6 <= hour < _NOON else 0), minute)
    if (part in ("chieu", "toi") and hour < _NOON) or (part == "trua" and hour < 4):
        hour += _NOON
    late = time(hour + _NOON, minute) if not part and 0 < hour < _NOON else None
    early = time(hour, minute)
    is_meant_late = late and not opens <= early <= closes and opens <= late <= closes
    return late if is_meant_late else early
