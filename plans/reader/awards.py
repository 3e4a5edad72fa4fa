"""Reading the award forms of a plan's file: criteria by subject, and the papers of a dossier."""

import yaml

from domain.plans.awards import AwardForm, Criteria, Criterion, Posting, Requirement, Share, SubjectKind
from domain.plans.events import DayCount
from domain.plans.indicators import Comparator
from plans.reader.document import PlanFile
from plans.reader.indicators import TARGET_KEYS, read_target
from plans.reader.mapping import MappingReader, Parse
from plans.reader.rule_details import MOST_DAYS


def parse_award(indicators: frozenset[str]) -> Parse[AwardForm]:
    """Return the parser of an award form; `indicators` are the codes that criteria may name."""

    def parse(file: PlanFile, node: yaml.Node) -> AwardForm:
        keys = ("code", "name", "subjects", "pieces", "source")
        others = ("criteria", "copies", "sent_through", "via", "original_to", "shares", "posting")
        entry = MappingReader(file, node, required=keys, optional=others)
        subjects = entry.choices("subjects", SubjectKind)
        return AwardForm(
            code=entry.code(),
            name=entry.text("name"),
            subjects=subjects,
            requirements=entry.each("pieces", parse_requirement(subjects)),
            source=entry.source(),
            criteria=entry.listed("criteria", _criteria_for(subjects, indicators)),
            copies=entry.whole_number("copies") if "copies" in entry else None,
            sent_through=entry.optional_text("sent_through") or "",
            via=entry.optional_text("via"),
            original_to=entry.optional_text("original_to") or "",
            shares=entry.each("shares", parse_share(subjects)),
            posting=entry.nested("posting", parse_posting) if "posting" in entry else None,
        )

    return parse


def parse_requirement(everyone: tuple[SubjectKind, ...]) -> Parse[Requirement]:
    """Return the parser of a paper; one that names no subjects is needed for all subjects in `everyone`."""

    def parse(file: PlanFile, node: yaml.Node) -> Requirement:
        entry = MappingReader(file, node, required=("code", "name", "source"), optional=("subjects", "per_nominee"))
        return Requirement(
            code=entry.code(),
            name=entry.text("name"),
            subjects=_subjects_among(entry, everyone) if "subjects" in entry else everyone,
            source=entry.source(),
            per_nominee=entry.optional_flag("per_nominee"),
        )

    return parse


def parse_share(everyone: tuple[SubjectKind, ...]) -> Parse[Share]:
    """Return the parser of a share; one that names no subjects holds for all subjects in `everyone`."""

    def parse(file: PlanFile, node: yaml.Node) -> Share:
        keys = ("code", "text", "comparator", "percent", "whole", "source")
        entry = MappingReader(file, node, required=keys, optional=("part", "subjects"))
        comparator, percent = entry.choice("comparator", Comparator), entry.number("percent")
        if comparator in (Comparator.EQUAL, Comparator.TEXT):
            entry.refuse("comparator", 'tỷ lệ ghi "<=", ">=" hoặc ">"')
        if not 0 <= percent <= 100:
            entry.refuse("percent", "«percent» cần một số từ 0 đến 100")
        return Share(
            code=entry.code(),
            text=entry.text("text"),
            comparator=comparator,
            percent=percent,
            whole=entry.text("whole"),
            source=entry.source(),
            part=entry.optional_text("part") or "",
            subjects=_subjects_among(entry, everyone) if "subjects" in entry else everyone,
        )

    return parse


def parse_posting(file: PlanFile, node: yaml.Node) -> Posting:
    entry = MappingReader(file, node, required=("days", "text", "source"), optional=("counts",))
    days = entry.whole_number("days")
    if not 1 <= days <= MOST_DAYS:
        entry.refuse("days", f"«days» cần số ngày từ 1 đến {MOST_DAYS}")
    counts = entry.choice("counts", DayCount) if "counts" in entry else DayCount.CALENDAR
    return Posting(days=days, text=entry.text("text"), source=entry.source(), counts=counts)


def _subjects_among(entry: MappingReader, everyone: tuple[SubjectKind, ...]) -> tuple[SubjectKind, ...]:
    subjects = entry.choices("subjects", SubjectKind)
    # If the award's own subjects cannot be read, those of its parts cannot be compared with them.
    if everyone and not set(subjects) <= set(everyone):
        entry.refuse("subjects", f"đối tượng ngoài hình thức khen thưởng này; dùng: {', '.join(everyone)}")
    return subjects


def _criteria_for(everyone: tuple[SubjectKind, ...], indicators: frozenset[str]) -> Parse[Criteria]:
    def parse(file: PlanFile, node: yaml.Node) -> Criteria:
        entry = MappingReader(file, node, required=("subjects", "all_of"), optional=("any_of",))
        return Criteria(
            subjects=_subjects_among(entry, everyone),
            all_of=entry.listed("all_of", _criterion_with(indicators)),
            any_of=entry.listed("any_of", _criterion_with(indicators)),
        )

    return parse


def _criterion_with(indicators: frozenset[str]) -> Parse[Criterion]:
    def parse(file: PlanFile, node: yaml.Node) -> Criterion:
        entry = MappingReader(file, node, required=("text", "source"), optional=("indicator", *TARGET_KEYS))
        indicator = entry.optional_text("indicator")
        if indicator is not None and indicator not in indicators:
            entry.refuse("indicator", f"không có chỉ tiêu «{indicator}» trong kế hoạch này")
        if ("indicator" in entry) != ("comparator" in entry):
            entry.refuse("indicator", "tiêu chuẩn bằng số cần cả «indicator» và «comparator»")
        return Criterion(text=entry.text("text"), source=entry.source(), indicator=indicator, target=read_target(entry))

    return parse
