"""Reading the deadlines of a plan's file: wording, days and responsible parties."""

import yaml

from domain.plans.deadlines import Bearer, Boundary, DeadlineRule, DutyKind, TaskPart
from domain.plans.periods import THE_YEAR, CalendarKind, DayOfYear, OwedPeriod, Period, PeriodKind, SchoolCalendar
from domain.plans.recurrence import Phase, Recurrence
from domain.plans.rule_years import PlanYears
from domain.units import UnitKind
from plans.reader.bodies import read_kinds
from plans.reader.document import PlanFile
from plans.reader.mapping import MappingReader, Parse
from plans.reader.rule_details import parse_original, read_event, read_hour, read_months

_REQUIRED = ("code", "kind", "title", "applies_to", "wording", "boundary", "recurrence", "source")
_OPTIONAL = (
    "opens", "due", "months", "time_of_day", "event", "awards", "original", "late_needs", "year", "phases", "via",
    "internal_day", "rule", "bearer", "body", "calendar", "period", "parts", "handed_in", "cluster_head_first",
)  # fmt: skip
_DAYS = ("boundary", "recurrence", "opens", "due", "months", "year", "phases", "event")

_NOT_OF_SCHOOL_YEAR = (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YEAR_TO_DATE)


def parse_deadline(
    known: frozenset[UnitKind], years: PlanYears | None, *, awards: frozenset[str] = frozenset()
) -> Parse[DeadlineRule]:
    """Return the parser of a deadline rule; `known` are the plan's kinds of unit, `awards` the codes of its awards.

    Without `years`, a rule that never falls due is accepted.
    """

    def parse(file: PlanFile, node: yaml.Node) -> DeadlineRule:
        entry = MappingReader(file, node, required=_REQUIRED, optional=_OPTIONAL)
        boundary, recurrence = entry.choice("boundary", Boundary), entry.choice("recurrence", Recurrence)
        _check_presence(entry, boundary, recurrence)
        due = entry.day_of_year("due") if "due" in entry else None
        phases = entry.phases("phases") if "phases" in entry else ()
        kind = entry.choice("kind", DutyKind)
        rule = DeadlineRule(
            code=entry.code(),
            kind=kind,
            title=entry.text("title"),
            applies_to=read_kinds(entry, known),
            wording=entry.text("wording"),
            boundary=boundary,
            recurrence=recurrence,
            opens=_opens(entry, boundary, due=due, phases=phases),
            due=due,
            source=entry.source(),
            year=entry.optional_year("year"),
            via=entry.optional_text("via"),
            rule=entry.optional_text("rule") or "",
            bearer=_bearer(entry),
            body=entry.optional_text("body"),
            owes=_owed(entry, kind, recurrence),
            phases=phases,
            has_internal_day=_has_internal_day(entry),
            parts=entry.listed("parts", _part),
            is_handed_in="handed_in" not in entry or entry.flag("handed_in"),
            cluster_head_first=_cluster_head_first(entry),
            months=read_months(entry, due, recurrence),
            time_of_day=read_hour(entry, boundary),
            event=read_event(entry, boundary, recurrence),
            awards=_awards(entry, kind, awards),
            original=entry.nested("original", parse_original) if "original" in entry else None,
            late_needs=entry.optional_text("late_needs") or "",
        )
        if years is not None and entry.reads(*_DAYS):
            _check_falls_due(entry, rule, years)
        return rule

    return parse


def _check_falls_due(entry: MappingReader, rule: DeadlineRule, years: PlanYears) -> None:
    fault = years.fault_of(rule)
    if fault is not None:
        entry.refuse(fault.key, fault.reason)


def parse_school_year(file: PlanFile, node: yaml.Node) -> SchoolCalendar:
    entry = MappingReader(file, node, required=("opens", "first_semester_ends", "closes"))
    return SchoolCalendar(
        opens=entry.day_of_year("opens"),
        first_semester_ends=entry.day_of_year("first_semester_ends"),
        closes=entry.day_of_year("closes"),
    )


def _check_presence(entry: MappingReader, boundary: Boundary, recurrence: Recurrence) -> None:
    is_event = recurrence is Recurrence.EVENT
    if is_event != ("event" in entry):
        reason = "«event» ghi sự kiện của việc có hạn theo sự kiện (EVENT); việc có ngày thì bỏ trống"
        entry.refuse("event", reason, related=("recurrence",))
    if is_event and "due" in entry:
        entry.refuse("due", "việc theo sự kiện (EVENT) không ghi ngày hạn; ngày do «event» tính ra", related=("event",))
    if is_event == ("opens" in entry):
        reason = (
            "việc theo sự kiện (EVENT) mở khi cơ quan thường trực đặt ngày; bỏ khóa «opens»"
            if is_event
            else "thiếu khóa «opens»"
        )
        entry.refuse("opens", reason, related=("recurrence",))
    if not is_event and (boundary is Boundary.NONE) == ("due" in entry):
        entry.refuse(
            "due", "«due» ghi ngày hạn; chỉ bỏ trống, và phải bỏ trống, khi boundary là NONE", related=("boundary",)
        )
    if (recurrence is Recurrence.ONCE) != ("year" in entry):
        entry.refuse(
            "year",
            "«year» ghi năm của việc chỉ làm một lần (ONCE); việc hằng năm thì bỏ trống",
            related=("recurrence",),
        )
    if (recurrence is Recurrence.PHASE) != ("phases" in entry):
        entry.refuse(
            "phases",
            "«phases» ghi các giai đoạn của việc làm theo giai đoạn (PHASE), ví dụ [2021-2025]",
            related=("recurrence",),
        )
    if not is_event and boundary is Boundary.NONE and recurrence not in (Recurrence.ONCE, Recurrence.YEARLY):
        entry.refuse("recurrence", "việc không có ngày hạn chỉ ghi ONCE hoặc YEARLY", related=("boundary",))


def _opens(entry: MappingReader, boundary: Boundary, *, due: DayOfYear | None, phases: tuple[Phase, ...]) -> DayOfYear:
    if "event" in entry:
        return DayOfYear(1, 1)
    # In a phase of several years, the opening day may be later in its year than the last day is in its own.
    is_long = not entry.reads("phases") or (
        bool(phases) and all(phase.first_year < phase.last_year for phase in phases)
    )
    opens = (
        entry.day_of_year("opens")
        if is_long
        else entry.opening_day("opens", before=due if entry.reads("due") else None)
    )
    if opens == due and boundary is Boundary.EXCLUSIVE and not is_long:
        entry.refuse("opens", "mở đúng ngày hạn, mà «trước ngày» thì ngày ấy đã trễ", related=("due", "boundary"))
    return opens


def _bearer(entry: MappingReader) -> Bearer:
    bearer = entry.choice("bearer", Bearer) if "bearer" in entry else Bearer.UNIT
    if (bearer is Bearer.BODY) != ("body" in entry):
        entry.refuse(
            "body", "«body» ghi tên cơ quan phải làm; chỉ ghi, và phải ghi, khi bearer là BODY", related=("bearer",)
        )
    return bearer


def _has_internal_day(entry: MappingReader) -> bool:
    if "internal_day" in entry and "via" not in entry:
        entry.refuse("internal_day", "hạn nội bộ chỉ có khi gửi qua một cơ quan; thiếu khóa «via»")
    return entry.optional_flag("internal_day")


def _cluster_head_first(entry: MappingReader) -> bool:
    if "cluster_head_first" in entry and "bearer" in entry and entry.choice("bearer", Bearer) is not Bearer.UNIT:
        entry.refuse("cluster_head_first", "cụm trưởng chỉ thẩm định trước việc do đơn vị nộp; bỏ khóa «bearer»")
    return entry.optional_flag("cluster_head_first")


def _awards(entry: MappingReader, kind: DutyKind, known: frozenset[str]) -> tuple[str, ...]:
    if "awards" not in entry:
        return ()
    if kind is not DutyKind.DOSSIER:
        entry.refuse("awards", "«awards» chỉ ghi cho việc nộp hồ sơ (DOSSIER)", related=("kind",))
    codes = entry.texts("awards")
    for number, code in enumerate(codes):
        if code not in known or code in codes[:number]:
            entry.refuse_item("awards", number, f"không có hình thức «{code}» trong kế hoạch này, hoặc ghi hai lần")
    return codes


def _owed(entry: MappingReader, duty: DutyKind, recurrence: Recurrence) -> OwedPeriod:
    if duty is DutyKind.REPORT and recurrence is Recurrence.MONTHLY and "period" not in entry:
        entry.refuse("period", "báo cáo hằng tháng cần «period»: số liệu của kỳ nào, ví dụ {kind: MONTH, shift: -1}")
    calendar = entry.choice("calendar", CalendarKind) if "calendar" in entry else CalendarKind.YEAR
    owed = entry.nested("period", _period) if "period" in entry else THE_YEAR
    if calendar is CalendarKind.SCHOOL_YEAR and owed.kind in _NOT_OF_SCHOOL_YEAR:
        entry.refuse("calendar", "năm học không chia theo quý hay tháng", related=("period",))
    return OwedPeriod(kind=owed.kind, shift=owed.shift, calendar=calendar, span=owed.span)


def _period(file: PlanFile, node: yaml.Node) -> OwedPeriod:
    entry = MappingReader(file, node, required=("kind",), optional=("shift", "from", "through", "name"))
    kind = entry.choice("kind", PeriodKind)
    for key in ("from", "through", "name"):
        if (kind is PeriodKind.SPAN) != (key in entry):
            entry.refuse(key, f"«{key}» chỉ ghi, và phải ghi, khi kind là SPAN", related=("kind",))
    if kind is PeriodKind.SPAN:
        return OwedPeriod(kind, span=_span(entry))
    return OwedPeriod(kind, shift=entry.whole_number("shift") if "shift" in entry else 0)


def _span(entry: MappingReader) -> Period:
    first, last = entry.day("from"), entry.day("through")
    if last < first:
        entry.refuse("through", f"ngày cuối {last} trước ngày đầu {first}", related=("from",))
    return Period(first, last, entry.text("name"))


def _part(file: PlanFile, node: yaml.Node) -> TaskPart:
    entry = MappingReader(file, node, required=("name", "source"))
    return TaskPart(name=entry.text("name"), source=entry.source())
