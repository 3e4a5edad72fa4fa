import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import means, plain, slug


@pytest.mark.parametrize(
    ("typed", "bare"),
    [("Cụm  1", "cum 1"), ("ĐỒNG ĐĂNG", "dong dang"), ("  Trường   Mầm non ", "truong mam non"), ("", "")],
)
def test_accents_case_and_spaces_do_not_matter(typed: str, bare: str) -> None:
    assert plain(typed) == bare


@given(st.text())
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("asked", ["cụm 1", "Cum 1", "CỤM  1", "cum1", "1"])
def test_a_cluster_is_meant_by_its_name_or_its_number(asked: str) -> None:
    assert means(asked, "Cụm 1")


@pytest.mark.parametrize("asked", ["", "cụm", "2", "cụm 11", "cum11", "11"])
def test_other_words_mean_another(asked: str) -> None:
    assert not means(asked, "Cụm 1")


def test_a_name_for_a_file_has_letters_numbers_and_hyphens_only() -> None:
    assert slug("Báo cáo 6 tháng / 2026: «Đợt 1»") == "bao-cao-6-thang-2026-dot-1"
