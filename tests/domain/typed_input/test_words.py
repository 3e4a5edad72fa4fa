import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.typed_input.words import clean, clean_line, means, plain, read_sentence, slug
from tests.support.refusals import refused


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


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Được"), "Nguyễn Thị Được"),
        ("Nguyễn\u200b Văn\u00a0An\u200e", "Nguyễn Văn An"),
        ("Lê\u3000Thị\u2009Hoa", "Lê Thị Hoa"),
        ("１２,５　tỷ", "12,5 tỷ"),
        ("\u0661\u0662 hộ", "12 hộ"),
        ("\U0001d5e7ổ", "Tổ"),
        ("𝟏𝟐", "12"),
        ("tổ\u00adng", "tổng"),
        ("a\x00b\ud800", "ab"),
        ("✓\ufe0f xong \u2060", "✓ xong"),
        ("1\u20111", "1-1"),
        ("  dòng   một \r\n\tdòng hai\u2028ba  ", "dòng một\ndòng hai\nba"),
        ("5² m²", "5² m²"),
        ("½", "½"),
        ("\u200b\u2060", ""),
    ],
)
def test_typed_text_has_one_spelling(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_text_can_be_kept_by_any_database(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode()


def test_a_name_is_one_line() -> None:
    assert clean_line("Trần\nVăn  B ") == "Trần Văn B"


@pytest.mark.parametrize("typed", ["", "   ", "12345", "20/5", "vì", "x" * 301])
def test_what_says_nothing_or_too_much_is_no_sentence(typed: str) -> None:
    with pytest.raises(Refusal):
        read_sentence(typed, example="Thiếu chữ ký")


def test_a_sentence_is_one_line_and_the_refusal_shows_another() -> None:
    with refused("words-too-short"):
        read_sentence("?", example="Thiếu chữ ký")

    assert read_sentence("  Thiếu\n chữ ký ", example="") == "Thiếu chữ ký"
