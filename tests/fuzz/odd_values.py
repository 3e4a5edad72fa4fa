"""Values that people, phones and programs send and that do harm where nobody thought of them."""

import unicodedata
from random import Random

LONGEST_TEXT = 4096
_NAME = "Ủy ban nhân dân Phường Mẫu"

TEXTS = (
    "alo",
    "12,5",
    "12,5 tỷ",
    "-0",
    "9" * 400,
    "1e999",
    "0,0000000000000000000000001",
    "99999999999999999999,99 tỷ",
    "١٢٫٥",
    "½",
    "NaN",
    "∞",
    "31/2/2026",
    "0/0/0000",
    "1" * 5000,
    unicodedata.normalize("NFD", _NAME),
    f"\u202e{_NAME}\u202c",
    f"\u2067{_NAME}\u2069 hồ sơ\u202efdp.exe",
    "a\u200b\u200c\u200d\u2060\ufeffb",
    "\u200b\u200e\u200f",
    "Z" + "\u0323\u0302" * 1000,
    "👩‍👩‍👧‍👦🇻🇳🏳️‍🌈👍🏽",
    "🇻",
    "\U000e0041\U000e007f",
    "<b>đậm</b><script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a>&amp;&lt;&#0;</b>",
    "{{ 7*7 }}{% raw %}%s %d {0}",
    "'; DROP TABLE people; --",
    '=HYPERLINK("http://x.vn")',
    "\x00\x07\x1b[31m",
    "\n\n\n",
    " ",
    "\t1\t2\t3\n\t4\t5\t6",
    "1  2  3\n4  5  6",
    "chỉ tiêu\tsố liệu\n" * 200,
    "12,5\ud83d",
    "\udc4d",
    "/",
    "/ ",
    "//",
    "/viec@thidua_bot",
    "/viec@another_bot",
    "/" + "x" * 300,
    "/bienlai " + "A" * 300,
    "/bienlai_\u0323",
    "/tinhhinh <b>",
    "/start " + "A" * 64,
    "/start \u202e",
    "hủy",
    "menu",
    "HỦY",
    "p5 bc 6 thang",
    "bao giờ nộp?",
    "gặp người",
    "bỏ qua",
    "không",
    "có",
    "ok",
    "TD-ABCD-EFGH",
    "abc\u2028def\u2029ghi\x85jkl",
    "ﷺ" * 200,
    "𝟏𝟐,𝟓",
    "a" * LONGEST_TEXT,
    "ố" * LONGEST_TEXT,
    "👍" * (LONGEST_TEXT // 2),
    "<" * LONGEST_TEXT,
    "&" * LONGEST_TEXT,
)

DATA = (
    "",
    ":",
    "::::",
    "|",
    "x" * 64,
    "ế" * 21,
    "\u202e",
    "\x00",
    "null",
    "-1",
    "9" * 64,
    "aiogd",
    "\x1d",
    "abcdef\x1d",
    "\x1dabcdef",
    "abcdef\x1dx\x1dy",
    "__",
    "'; --",
    "<b>",
)
"""Data of buttons that the bot never sent, or sent in another version."""

NUMBERS = (0, 1, -1, 2, 7, 2**31 - 1, 2**31, -(2**31), 2**52, -(2**52))
"""Up to the 52 bits that the messenger promises."""

PAST_ALL_NUMBERS = (2**63, -(2**63) - 1, 2**64, 10**30)


def odd_text(rng: Random) -> str:
    """Return one of the texts, or a mixture of two of their parts."""
    if rng.random() < 0.7:
        return rng.choice(TEXTS)
    halves = (text[: rng.randrange(len(text) + 1)] for text in rng.sample(TEXTS, 2))
    return "".join(halves)[:LONGEST_TEXT]
