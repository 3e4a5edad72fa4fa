"""Reading the award forms of a plan's file: criteria by subject, and the papers of a dossier."""

import yaml

from domain.plans.awards import AwardForm, Criteria, Criterion, Requirement, SubjectKind
from plans.reader.document import PlanFile
from plans.reader.indicators import TARGET_KEYS, read_target
from plans.reader.mapping import MappingReader, Parse


def parse_award(indicators: frozenset[str]) -> Parse[AwardForm]:
    """Return the parser of an award form; `indicators` are the codes that criteria may name."""

    def parse(file: PlanFile, node: yaml.Node) -> AwardForm:
        keys = ("code", "name", "subjects", "pieces", "source")
        entry = MappingReader(file, node, required=keys, optional=("criteria", "copies", "sent_through", "via"))
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
