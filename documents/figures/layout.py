"""What the form and its reader agree on: where the codes, figures and reasons stand."""

from domain.typed_input.words import plain, slug

MARK = "thidua so-lieu "
"""Beginning of the hidden first cell, before the key of the form."""
CODE, NUMBER, NAME, UOM, PLEDGED, PREVIOUS, FIGURE, REASON = range(8)
"""Columns; the first is hidden, and the last is only in the form of a report."""
HEADINGS = {CODE: "Mã", NUMBER: "STT", NAME: "Chỉ tiêu", UOM: "Đơn vị tính"}
FIGURE_HEADING, PLEDGE_HEADING = "Thực hiện", "Mức đăng ký"
HEAD_ROW = 5
"""Row of the headings, from 0; the lines begin below it."""

_SHORT_TITLES = (("bao cao ", "BC "), ("giao uoc ", "GU "))


def form_file_name(title: str, unit_name: str) -> str:
    """Return «BC-6-thang-2026_PHUONG-5.xlsx»."""
    said = plain(title)
    short = next((new + said.removeprefix(old) for old, new in _SHORT_TITLES if said.startswith(old)), said)
    words = "-".join(word if word.isupper() else slug(word) for word in short.split())
    return f"{words}_{slug(unit_name).upper()}.xlsx" if unit_name else f"mau_{words}.xlsx"
