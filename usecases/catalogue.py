"""Plans written as YAML: read whole, or refused with the line and the reason."""

from importlib.resources import files

import yaml

from domain.deadlines import Boundary, DeadlineRule, DutyKind, Recurrence
from domain.errors import Refusal
from domain.plans import AwardForm, Better, Campaign, Indicator, Piece, Plan, SubjectKind, Title
from domain.reminders import FARTHEST, STEPS
from domain.units import UnitKind
from usecases.entries import Entry, Parse, PlanFault, compose

__all__ = ["PlanFault", "parse_plan", "shipped_plan", "shipped_plans"]


def shipped_plans() -> tuple[str, ...]:
    """Codes of the plans that come with the program."""
    names = (entry.name for entry in files("plans").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_plan(code: str) -> str:
    if code not in shipped_plans():
        raise Refusal(f"Không có kế hoạch «{code}». Các kế hoạch có sẵn: {', '.join(shipped_plans())}.")
    return files("plans").joinpath(f"{code}.yaml").read_text("utf-8")


def parse_plan(text: str, *, file: str) -> Plan:
    """Raises PlanFault at the first fault; `file` is the name it is told by."""
    entry = Entry(
        file,
        compose(text, file),
        required=("code", "number", "issuer", "title", "issued", "first_year", "deadlines"),
        optional=("last_year", "indicators", "campaigns", "titles", "awards", "papers", "reminders"),
    )
    first_year, last_year = entry.year("first_year"), entry.optional_year("last_year")
    if last_year is not None and last_year < first_year:
        entry.refuse("last_year", f"năm cuối {last_year} trước năm đầu {first_year}")
    return Plan(
        code=entry.code(),
        number=entry.text("number"),
        issuer=entry.text("issuer"),
        title=entry.text("title"),
        issued=entry.day("issued"),
        first_year=first_year,
        last_year=last_year,
        deadlines=entry.each("deadlines", _deadline),
        indicators=entry.each("indicators", _indicator),
        campaigns=entry.each("campaigns", _campaign),
        titles=entry.each("titles", _title),
        awards=entry.each("awards", _award),
        papers=entry.each("papers", _piece_for(tuple(SubjectKind))),
        reminders=_steps(entry) if "reminders" in entry else STEPS,
    )


def _steps(entry: Entry) -> tuple[int, ...]:
    """Of the ladder of reminders, in whatever order they are written."""
    steps = entry.whole_numbers("reminders")
    if not steps or len(set(steps)) < len(steps):
        entry.refuse("reminders", "«reminders» cần ít nhất một mốc, mỗi mốc ghi một lần, ví dụ [7, 3, 1, 0, -1]")
    if max(map(abs, steps)) > FARTHEST:
        entry.refuse("reminders", f"«reminders» ghi số ngày trước hạn, số âm là sau hạn, từ {FARTHEST} đến -{FARTHEST}")
    return tuple(sorted(steps, reverse=True))


def _deadline(file: str, node: yaml.Node) -> DeadlineRule:
    entry = Entry(
        file,
        node,
        required=("code", "kind", "title", "applies_to", "wording", "boundary", "recurrence", "opens", "source"),
        optional=("due", "year", "via"),
    )
    boundary = entry.choice("boundary", Boundary)
    recurrence = entry.choice("recurrence", Recurrence)
    if (boundary is Boundary.NONE) == ("due" in entry):
        entry.refuse("due", "«due» ghi ngày hạn; chỉ bỏ trống, và phải bỏ trống, khi boundary là NONE")
    if (recurrence is Recurrence.ONCE) != ("year" in entry):
        entry.refuse("year", "«year» ghi năm của việc chỉ làm một lần (ONCE); việc hằng năm thì bỏ trống")
    return DeadlineRule(
        code=entry.code(),
        kind=entry.choice("kind", DutyKind),
        title=entry.text("title"),
        applies_to=entry.choices("applies_to", UnitKind),
        wording=entry.text("wording"),
        boundary=boundary,
        recurrence=recurrence,
        opens=entry.day_of_year("opens"),
        due=entry.day_of_year("due") if "due" in entry else None,
        source=entry.text("source"),
        year=entry.optional_year("year"),
        via=entry.optional_text("via"),
    )


def _indicator(file: str, node: yaml.Node) -> Indicator:
    keys = ("code", "name", "uom", "better", "low", "high", "whole", "group", "source")
    entry = Entry(file, node, required=keys)
    low, high = entry.number("low"), entry.number("high")
    if low >= high:
        entry.refuse("high", f"mức cao nhất {high} phải lớn hơn mức thấp nhất {low}")
    return Indicator(
        code=entry.code(),
        name=entry.text("name"),
        uom=entry.text("uom"),
        better=entry.choice("better", Better),
        low=low,
        high=high,
        whole=entry.flag("whole"),
        group=entry.text("group"),
        source=entry.text("source"),
    )


def _campaign(file: str, node: yaml.Node) -> Campaign:
    entry = Entry(file, node, required=("code", "name", "source"))
    return Campaign(code=entry.code(), name=entry.text("name"), source=entry.text("source"))


def _title(file: str, node: yaml.Node) -> Title:
    entry = Entry(file, node, required=("code", "name", "source"))
    return Title(code=entry.code(), name=entry.text("name"), source=entry.text("source"))


def _award(file: str, node: yaml.Node) -> AwardForm:
    entry = Entry(file, node, required=("code", "name", "subjects", "pieces", "source"))
    subjects = entry.choices("subjects", SubjectKind)
    return AwardForm(
        code=entry.code(),
        name=entry.text("name"),
        subjects=subjects,
        pieces=entry.each("pieces", _piece_for(subjects)),
        source=entry.text("source"),
    )


def _piece_for(everyone: tuple[SubjectKind, ...]) -> Parse[Piece]:
    """Pieces name their subjects only where not all of the award's need them."""

    def parse(file: str, node: yaml.Node) -> Piece:
        entry = Entry(file, node, required=("code", "name", "source"), optional=("subjects", "per_nominee"))
        subjects = entry.choices("subjects", SubjectKind) if "subjects" in entry else everyone
        if not set(subjects) <= set(everyone):
            entry.refuse("subjects", f"đối tượng ngoài hình thức khen thưởng này; dùng: {', '.join(everyone)}")
        return Piece(
            code=entry.code(),
            name=entry.text("name"),
            subjects=subjects,
            source=entry.text("source"),
            per_nominee="per_nominee" in entry and entry.flag("per_nominee"),
        )

    return parse
