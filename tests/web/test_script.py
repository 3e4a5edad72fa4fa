"""The page's script is read by browsers of ten years ago."""

import re

from web.pages import STATIC

NEWER = re.compile(r"=>|`|\b(?:let|const|class|async|await|Promise|fetch)\b|\.\.\.|\?\.|\?\?")


def test_the_script_has_no_word_that_an_old_phone_does_not_know() -> None:
    code = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"", "", (STATIC / "upload.js").read_text(encoding="utf-8"), flags=re.DOTALL)

    assert NEWER.findall(code) == []
