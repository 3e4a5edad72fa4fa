"""Sample of an answer, from which its windows can be drawn without a database."""

from dialogs.status.samples import STATUS
from domain.questions.readings import Intent, Named, QuestionReading
from usecases.questions.counts import DutyCount
from usecases.questions.views import CountLine, QuestionAnswer

READING = QuestionReading(
    intent=Intent.MISSING, duty=Named("mau-2026:bao-cao-6-thang:2026:0", STATUS.title), cluster=Named("1", "Cụm 1")
)
_COUNT = DutyCount(
    tally=STATUS.tally,
    duty_id=1,
    key="mau-2026:bao-cao-6-thang:2026:0",
    title=STATUS.title,
    last_valid_day=STATUS.last_valid_day,
    at=STATUS.at,
    clusters=STATUS.clusters,
)
ANSWER = QuestionAnswer(
    reading=READING,
    title="Chưa nộp · Báo cáo 6 tháng 2026 · Cụm 1",
    at=STATUS.at,
    counts=(CountLine(_COUNT, STATUS.missing),),
    further=tuple(
        QuestionReading(intent=Intent.STATUS, unit=Named(str(unit.unit_id), unit.name)) for unit in STATUS.missing
    ),
)
