"""Shares of a headcount: the numbers that are read, and the refusal with the number that would keep the share."""

from decimal import Decimal

import pytest

from domain.dossiers.shares import read_counts, refuse_counts, refuse_unkept
from domain.errors import Refusal
from domain.plans.awards import AwardForm, Share, SubjectKind
from domain.plans.indicators import Comparator
from tests.support.refusals import refused

EVERYONE = tuple(SubjectKind)
LIMIT = Share("so-nguoi", "không quá 30 %", Comparator.AT_MOST, Decimal(30), "người lao động", "mục II", "", EVERYONE)
LDTT = Share(
    "ldtt", "từ 70 % trở lên", Comparator.AT_LEAST, Decimal(70), "người lao động", "mục II", "người đạt LĐTT", EVERYONE
)
AWARD = AwardForm("ldtt", "Tập thể LĐTT", EVERYONE, (), "mục II", shares=(LIMIT, LDTT))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("28/40", (28, 40)),
        ("28 trên 40", (28, 40)),
        ("28 người, tổng 40 người", (28, 40)),
        ("２８／４０", (28, 40)),
        ("1.028/1.200", (1028, 1200)),
        ("28 \u200b/ 40", (28, 40)),
        ("0/40", (0, 40)),
    ],
)
def test_both_numbers_are_read(text: str, counts: tuple[int, int]) -> None:
    assert read_counts(text, LDTT, nominees=1) == counts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28", "counts-unread"),
        ("28/40/50", "counts-unread"),
        ("bốn mươi", "counts-unread"),
        ("28,5/40", "counts-unread"),
        ("41/40", "part-over-headcount"),
        ("0/0", "headcount-out-of-bounds"),
    ],
)
def test_numbers_that_cannot_be_are_refused(text: str, code: str) -> None:
    with refused(code):
        read_counts(text, LDTT, nominees=1)


def test_only_the_headcount_is_asked_if_nominees_are_counted() -> None:
    assert read_counts("40", LIMIT, nominees=3) == (3, 40)
    with refused("counts-unread"):
        read_counts("3/40", LIMIT, nominees=3)
    with refused("part-over-headcount"):
        read_counts("2", LIMIT, nominees=3)


@pytest.mark.parametrize(
    ("share", "part", "whole", "said"),
    [
        (LIMIT, 4, 10, "4/10 là 40 %; đề nghị nhiều nhất 3."),
        (LIMIT, 4, 13, "4/13 là 30,7 %; đề nghị nhiều nhất 3."),
        (LDTT, 27, 40, "27/40 là 67,5 %; người đạt LĐTT ít nhất 28."),
        (LDTT, 6, 9, "6/9 là 66,6 %; người đạt LĐTT ít nhất 7."),
    ],
)
def test_refusal_names_the_number_that_would_keep_the_share(share: Share, part: int, whole: int, said: str) -> None:
    with pytest.raises(Refusal, match="Kế hoạch") as caught:
        refuse_unkept(share, part, whole=whole)

    assert caught.value.text.endswith(said)


def test_all_nominees_of_the_unit_count() -> None:
    stated = {"so-nguoi": (1, 10), "ldtt": (7, 10)}

    refuse_counts(AWARD, SubjectKind.INDIVIDUAL, stated, nominees=3)

    with refused("share-not-kept"):
        refuse_counts(AWARD, SubjectKind.INDIVIDUAL, stated, nominees=4)
    with refused("counts-missing"):
        refuse_counts(AWARD, SubjectKind.INDIVIDUAL, {"so-nguoi": (1, 10)}, nominees=1)
