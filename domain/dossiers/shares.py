"""Shares of a headcount that a dossier must keep to: the numbers that are asked, and the check."""

import math
import re
from collections.abc import Mapping

from domain.errors import Refusal
from domain.plans.awards import AwardForm, Share, SubjectKind
from domain.plans.indicators import Comparator
from domain.typed_input.words import clean_line

Counts = Mapping[str, tuple[int, int]]
"""{code of a share: (number counted, headcount)}."""

MOST = 99_999
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?")


def shares_of(award: AwardForm, subject: SubjectKind) -> tuple[Share, ...]:
    return tuple(share for share in award.shares if subject in share.subjects)


def read_counts(text: str, share: Share, *, nominees: int) -> tuple[int, int]:
    """Return (number counted, headcount) that were typed: «28/40»; only the headcount if nominees are counted.

    Raises Refusal if the text does not have the numbers that are asked, or they cannot be.
    """
    numbers = [_whole(found) for found in _NUMBER.findall(clean_line(text))]
    wanted = 2 if share.part else 1
    if len(numbers) != wanted or None in numbers:
        example = "hai số, số đạt trước rồi đến tổng số, ví dụ: 28/40" if share.part else "một số, ví dụ: 40"
        raise Refusal("counts-unread", f"Bot chưa đọc được. Anh/chị gõ {example}.")
    known = [number for number in numbers if number is not None]
    part, whole = (known[0], known[1]) if share.part else (nominees, known[0])
    _refuse_impossible(share, part, whole)
    return part, whole


def _whole(written: str) -> int | None:
    """Return the whole number, «1.200» too, or None if it is none."""
    digits = written.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written) else written
    return int(digits) if digits.isdecimal() else None


def _refuse_impossible(share: Share, part: int, whole: int) -> None:
    if not 1 <= whole <= MOST:
        raise Refusal("headcount-out-of-bounds", f"Tổng số ({share.whole}) là một số từ 1 đến {MOST}.")
    if part > whole:
        what = share.part or "người được đề nghị"
        raise Refusal("part-over-headcount", f"Số {what} ({part}) lớn hơn tổng số {share.whole} ({whole}).")


def refuse_unkept(share: Share, part: int, *, whole: int) -> None:
    """Raise Refusal if the share is not kept; it says which number would keep it."""
    if share.is_kept(part, whole=whole):
        return
    what, limit = share.part or "đề nghị", _limit(share, whole)
    raise Refusal(
        "share-not-kept", f"Kế hoạch: «{share.text}». {part}/{whole} là {_percent(part, whole)} %; {what} {limit}."
    )


def _limit(share: Share, whole: int) -> str:
    exact = share.percent * whole / 100
    if share.comparator is Comparator.AT_MOST:
        return f"nhiều nhất {math.floor(exact)}"
    return f"ít nhất {math.floor(exact) + 1 if share.comparator is Comparator.MORE_THAN else math.ceil(exact)}"


def _percent(part: int, whole: int) -> str:
    tenths = part * 1000 // whole
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def refuse_counts(award: AwardForm, subject: SubjectKind, counts: Counts, *, nominees: int) -> None:
    """Raise Refusal if a number that a share needs was not stated, or a share is not kept.

    `nominees` is the number of nominees of this unit for the award, in all its dossiers.
    """
    for share in shares_of(award, subject):
        stated = counts.get(share.code)
        if stated is None:
            raise Refusal(
                "counts-missing",
                f"Kế hoạch ghi «{share.text}», hồ sơ chưa có tổng số {share.whole}. Anh/chị lập lại hồ sơ giúp.",
            )
        part, whole = stated if share.part else (nominees, stated[1])
        _refuse_impossible(share, part, whole)
        refuse_unkept(share, part, whole=whole)
