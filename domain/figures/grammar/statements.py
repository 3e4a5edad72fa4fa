"""Statements of a line: a name, the numbers said of it, and what was left over."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from domain.figures.grammar.atoms import AMOUNTS, Kind, fold
from domain.figures.grammar.clauses import Clause, Line, clauses_of, holds_digits
from domain.figures.grammar.frame import NOTHING_LASTS, Frame, Lasting
from domain.figures.grammar.judgements import Judged, Judgement, NumberRole, is_year
from domain.figures.grammar.lexicon import Cue
from domain.figures.grammar.mentions import names_months
from domain.figures.grammar.names import Name
from domain.figures.grammar.roles import Judge
from domain.figures.grammar.units import unit_in

_MOST_UNKNOWN = 4
_TO_COME = re.compile(r"phuong huong|nhiem vu trong tam|thoi gian toi|phan dau|^(?!.*ket qua).*\bnhiem vu\b.{0,30}$")


@dataclass(slots=True)
class Statement:
    """What one or more lines say of an indicator."""

    name: Name
    quote: str
    codes: tuple[str, ...]
    judged: list[Judged] = field(default_factory=list)
    unknown: int = 0
    said_none: bool = False
    is_part: bool = False
    unit: str = ""
    """Unit that is said apart from the numbers."""
    waits: bool = False
    """Whether it is a name alone: its number may stand in the next line."""

    @property
    def has_number(self) -> bool:
        return any(one.role is not NumberRole.OTHER for one in self.judged)

    @property
    def says_change(self) -> bool:
        """Whether the name itself is a change: «Số hộ nghèo giảm», «Tốc độ tăng»."""
        return bool({"giam", "tang"} & self.name.words)

    @property
    def is_too_strange(self) -> bool:
        return self.unknown > _MOST_UNKNOWN


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line taken apart."""

    statements: tuple[Statement, ...]
    left: tuple[str, ...]
    """Pieces that say something about no wanted indicator."""
    loose: tuple[Judged, ...] = ()
    """Numbers of a line that has no name and no other words: they may belong to a name in the line before."""
    heading: Lasting | None = None
    """Cues that hold for the lines below, or None if the line is no heading."""


def parse(line: Line, frame: Frame, lasting: Lasting) -> Parsed:
    """Return the statements of a line; `lasting` are the cues of the heading above."""
    parser = _Parser(line, frame, lasting)
    for clause in clauses_of(line):
        parser.take(clause)
    return parser.parsed()


@dataclass(slots=True)
class _Parser:
    line: Line
    frame: Frame
    lasting: Lasting
    statements: list[Statement] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    loose: list[Judged] = field(default_factory=list)
    current: Statement | None = None
    start: int = 0
    carried: frozenset[Cue] = frozenset()
    unknown: int = 0
    says_done: bool = False
    has_names: bool = False

    def take(self, clause: Clause) -> None:
        # «Cùng kỳ năm trước, thu ngân sách 11 tỷ»: what is said before the first name is said of it.
        is_new = bool(clause.names) and bool(self.statements or self.loose)
        flags = set[Cue]() if is_new else set(self.carried)
        known = self.current.name.words if self.current is not None and not clause.names else frozenset[str]()
        said = Judge(self.line, clause, self.frame, self.lasting, flags, known).run()
        self.lasting, self.carried = said.lasting, said.carried
        self.says_done |= said.says_done
        self.unknown += said.unknown
        if clause.names:
            self.has_names = True
            self._begin(clause, said)
        elif self.current is not None and (_belongs(self.current, said) or self._unit(clause)):
            self._continue(self.current, clause, said)
        else:
            self._leave(clause, said)

    def _begin(self, clause: Clause, said: Judgement) -> None:
        parted = _parted(self.line, clause, said)
        for name, numbers in parted:
            self.current = Statement(
                name,
                quote=self.line.quote(clause.first, clause.last),
                codes=name.codes,
                judged=list(numbers),
                unknown=said.unknown,
                said_none=said.said_none and not said.judged,
            )
            self.statements.append(self.current)
        self.start = clause.first

    def _continue(self, statement: Statement, clause: Clause, said: Judgement) -> None:
        if clause.in_brackets and said.is_doubted and statement.has_number:
            statement.judged[-1] = replace(statement.judged[-1], role=NumberRole.ABOUT)
        if clause.in_brackets and self._is_label(clause):
            self._label(statement, said)
            return
        if unit := self._unit(clause):
            statement.unit = unit
            return
        statement.is_part |= said.is_part
        if statement.is_part:
            return
        had_number = statement.has_number
        statement.judged += said.judged
        statement.unknown += said.unknown
        statement.said_none |= said.said_none and not said.judged and not statement.has_number
        if said.judged and (not had_number or statement.has_number):
            statement.quote = self.line.quote(self.start, clause.last)

    def _is_label(self, clause: Clause) -> bool:
        """Whether the clause is a cue or a period and nothing else: «24 tỷ (KH)», «92,1 % (2025)»."""
        atom = self.line.atoms[clause.first]
        cue, length = self.line.cue(clause.first)
        rest = self.line.atoms[clause.first + length : clause.last + 1]
        is_said = cue is not None or atom.kind is Kind.PERIOD or is_year(atom.folded)
        return is_said and all(one.kind is Kind.PERIOD or is_year(one.folded) for one in rest)

    def _label(self, statement: Statement, said: Judgement) -> None:
        """Take what brackets say of the number before them."""
        if said.carried and statement.judged:
            statement.judged[-1] = replace(statement.judged[-1], role=NumberRole.OTHER)
        self.carried = frozenset()

    def _title(self) -> Lasting | None:
        """Return the cues of a title that names a period or what is to come; None if the line is no title.

        «BÁO CÁO 6 THÁNG ĐẦU NĂM 2025», «Phương hướng, nhiệm vụ»
        """
        kinds = {atom.kind for atom in self.line.atoms}
        if _TO_COME.search(fold(self.line.text)) and not kinds & AMOUNTS and not self.frame.pledging:
            return frozenset({Cue.PLAN})
        spans = [one.folded for one in self.line.atoms if one.kind is Kind.PERIOD]
        named = [mention for mention in spans if names_months(mention)]
        if not named or kinds & {*AMOUNTS, Kind.NUMBERING}:
            return None
        is_other = all(self.frame.reported.is_other(mention) for mention in named)
        return frozenset({Cue.BEFORE}) if is_other else NOTHING_LASTS

    def _unit(self, clause: Clause) -> str | None:
        atoms = self.line.atoms[clause.first : clause.last + 1]
        end = atoms[-1].end if atoms[-1].kind is not Kind.COLON else atoms[-1].start
        return unit_in(fold(self.line.text[atoms[0].start : end]))

    def _leave(self, clause: Clause, said: Judgement) -> None:
        if said.unknown == 0 and self.current is None and not self.has_names:
            self.loose += said.judged
        if not clause.in_brackets and said.unknown:
            self.current = None
        if said.unknown and holds_digits(self.line, clause):
            self.left.append(self.line.quote(clause.first, clause.last))

    def parsed(self) -> Parsed:
        if self.has_names:
            last = self.statements[-1]
            last.waits = len(self.statements) == 1 and not last.judged and not last.said_none and not last.unknown
            return Parsed(tuple(self.statements), tuple(self.left))
        if self.unknown or not self.line.atoms:
            return Parsed((), (self.line.text,) if self.line.atoms else (), heading=self._title())
        if self.loose or self.left:
            return Parsed((), tuple(self.left), tuple(self.loose))
        flags = self.lasting | self.carried
        is_heading = bool(flags) or self.says_done
        return Parsed((), () if is_heading else (self.line.text,), heading=flags if is_heading else None)


def _parted(line: Line, clause: Clause, said: Judgement) -> Iterable[tuple[Name, Sequence[Judged]]]:
    """Return each name of the clause with its numbers; several names for one number are one ambiguous name."""
    names = clause.names
    if len(names) == 1:
        return [(names[0], said.judged)]
    places = {id(one): line.atoms.index(one.atom) for one in said.judged}
    firsts = [name.first for name in names] + [clause.last + 1]
    runs = [
        (name, [one for one in said.judged if start <= places[id(one)] < end])
        for name, (start, end) in zip(names, pairwise(firsts), strict=True)
    ]
    if all(numbers for _, numbers in runs) and len(runs) and not _before(said, places, firsts[0]):
        return runs
    codes = tuple(dict.fromkeys(code for name in names for code in name.codes))
    first, last = names[0], names[-1]
    words = frozenset(word for name in names for word in name.words)
    own = frozenset(place for name in names for place in name.own)
    return [(Name(codes, first.first, last.last, own, words), said.judged)]


def _before(said: Judgement, places: dict[int, int], first: int) -> bool:
    return any(places[id(one)] < first for one in said.judged)


def _belongs(statement: Statement, said: Judgement) -> bool:
    """Whether a clause without a name goes on with the statement before it."""
    # «BHYT (học sinh): 100 %»: what stands between a name and its number may narrow it.
    return said.unknown == 0 or not (statement.has_number or said.judged)
