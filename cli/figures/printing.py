"""Readings of figures as JSON and as lines."""

from collections.abc import Sequence
from decimal import Decimal

from domain.figures.readings import AskedFigure, FiguresReading, Wanted, Why
from domain.typed_input.figures import write_figure

_WHYS = {
    Why.APPROXIMATE: "số chưa chính xác",
    Why.RANGE: "một khoảng",
    Why.SHARE: "phân số",
    Why.SEVERAL_VALUES: "nhiều số khác nhau",
    Why.SEVERAL_READINGS: "đọc được nhiều cách",
    Why.SEVERAL_INDICATORS: "hợp với nhiều chỉ tiêu",
    Why.OUT_OF_BOUNDS: "ngoài mức nhận",
    Why.OFF_TREND: "lệch nhiều so với kỳ trước",
    Why.OTHER_UNIT: "đơn vị tính khác",
    Why.OTHER_WORDS: "lời văn khác tên chỉ tiêu",
    Why.SAID_NONE: "nói là không có",
}


def as_json(reading: FiguresReading) -> dict[str, object]:
    """Return the fixed form, with values as plain decimals in the indicators' units."""
    return {
        "read": [{"indicator": one.indicator, "value": _plain(one.value), "quote": one.quote} for one in reading.read],
        "ask": [
            {
                "indicator": one.indicator,
                "readings": [_plain(value) for value in one.readings],
                "quote": one.quote,
                "why": one.why.value,
            }
            for one in reading.ask
        ],
        "unread": [*reading.unread],
    }


def as_lines(reading: FiguresReading, wanted: Sequence[Wanted]) -> str:
    by_code = {one.code: one for one in wanted}
    parts = [
        ("Đọc được", [f"{_named(by_code[one.indicator], one.value)}  «{one.quote}»" for one in reading.read]),
        ("Cần hỏi lại", [_asked(one, by_code) for one in reading.ask]),
        ("Chưa hiểu", [f"«{piece}»" for piece in reading.unread]),
    ]
    return "\n\n".join("\n".join([f"{title}:", *lines]) for title, lines in parts if lines) or "Không có gì để đọc."


def _named(wanted: Wanted, value: Decimal) -> str:
    return f"{wanted.name}: {write_figure(value)} {wanted.form.uom}"


def _asked(one: AskedFigure, by_code: dict[str, Wanted]) -> str:
    codes = one.candidates or ((one.indicator,) if one.indicator else ())
    names = " hoặc ".join(by_code[code].name for code in codes)
    readings = " / ".join(map(write_figure, one.readings))
    return f"{names}: {readings} ({_WHYS[one.why]})  «{one.quote}»".replace(":  (", ": (")


def _plain(value: Decimal) -> str:
    return f"{value:f}"
