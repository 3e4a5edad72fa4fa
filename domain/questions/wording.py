"""How the bot says a reading back: as the label of a choice and as the headline of an answer."""

from domain.questions.lexicon import KIND_NAMES
from domain.questions.readings import Intent, QuestionReading
from domain.typed_input.listing import shortened

_INTENTS = {
    Intent.STATUS: "Tình hình nộp",
    Intent.MISSING: "Chưa nộp",
    Intent.HANDED_IN: "Đã nộp",
    Intent.ON_TIME: "Nộp đúng hạn",
    Intent.LATE: "Nộp trễ hạn",
    Intent.OVERDUE: "Quá hạn, chưa nộp",
    Intent.RETURNED: "Đang sửa",
    Intent.EXTENDED: "Được gia hạn",
    Intent.DEADLINE: "Hạn nộp",
    Intent.FIGURES: "Số liệu",
    Intent.AGAINST_PLEDGE: "So với giao ước",
    Intent.NOT_JOINED: "Chưa có ai trong bot",
    Intent.MEMBERS: "Cụm và đơn vị",
    Intent.FORM: "Mẫu báo cáo",
    Intent.OPEN: "Mở",
}


def name_of(intent: Intent) -> str:
    return _INTENTS[intent]


def title_of(reading: QuestionReading) -> str:
    """Return «Chưa nộp · Báo cáo 6 tháng 2026 · Cụm 1»: all that the bot has understood."""
    kind = KIND_NAMES.get(reading.kind.key, reading.kind.name) if reading.kind else ""
    named = [slot.name for slot in (reading.indicator, reading.duty, reading.cluster) if slot]
    unit = [reading.unit.name] if reading.unit else []
    return " · ".join([_INTENTS[reading.intent], *named, *([kind] if kind else []), *unit])


def label_of(reading: QuestionReading) -> str:
    """Return the title as the label of a button."""
    return shortened(title_of(reading), 60)
