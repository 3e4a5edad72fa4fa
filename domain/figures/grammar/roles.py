"""What each number of a clause is: the figure of this period, or a plan, a difference, another period, a part."""

from dataclasses import dataclass, field

from domain.figures.grammar.atoms import AMOUNTS, Atom, Kind
from domain.figures.grammar.clauses import Clause, Line
from domain.figures.grammar.frame import Frame
from domain.figures.grammar.judgements import Judged, Judgement, NumberRole, is_year
from domain.figures.grammar.lexicon import Cue
from domain.figures.grammar.phrases import counting_at

LASTING = frozenset({Cue.PLAN, Cue.BEFORE, Cue.ABOUT})
"""Cues that, said before a name, hold for all that follows in the line."""
_OF_ONE_NUMBER = frozenset({Cue.PLAN, Cue.BEFORE, Cue.CHANGE, Cue.LEVEL, Cue.LEFT, Cue.FROM, Cue.ABOUT})
_OTHERS = frozenset({Cue.PLAN, Cue.BEFORE, Cue.CHANGE, Cue.FROM, Cue.NOT, Cue.PART})
_ABOUT_SIGNS = frozenset("~≈<>≥≤±")
_ESTIMATES = ("uoc", "du kien", "tam tinh")


@dataclass(slots=True)
class Judge:
    """Goes through one clause from left to right."""

    line: Line
    clause: Clause
    frame: Frame
    lasting: frozenset[Cue]
    flags: set[Cue]
    known: frozenset[str]
    """Words of the name that the clause goes on with."""
    found: Judgement = field(default_factory=Judgement)
    reached: bool = False
    cue_end: int = -1
    """Place after the last cue."""
    targeted: bool = False
    """Whether «chỉ tiêu» stands before the name: then «năm 2026» makes the number a plan's."""

    own: frozenset[int] = frozenset()
    """Places of the names' own words."""

    def run(self) -> Judgement:
        own = self.own = frozenset().union(*(name.own for name in self.clause.names))
        self.flags |= self.lasting
        place = self.clause.first
        while place <= self.clause.last:
            if any(name.first == place for name in self.clause.names):
                self.lasting |= self.flags & LASTING
                # «trong đó BHXH tự nguyện 150» names what it is a part of.
                self.flags.discard(Cue.PART)
            place += 1 if place in own else self._step(place)
        self.found.lasting = self.lasting
        self.found.carried = frozenset(self.flags & {Cue.PLAN, Cue.BEFORE}) - self.lasting
        return self.found

    def _step(self, place: int) -> int:
        """Take in the atom at this place, and return how many atoms were taken."""
        atom = self.line.atoms[place]
        if atom.kind is Kind.WORD:
            return self._word(place)
        if atom.kind in AMOUNTS:
            self._amount(place)
        elif atom.kind is Kind.PERIOD:
            self._period(atom.folded, place)
        elif atom.kind is Kind.PART_PLACE or atom.folded.isnumeric():
            # A raised number may be a note, or a power.
            self.found.unknown += 1
        elif atom.folded in _ABOUT_SIGNS:
            self.flags.add(Cue.ABOUT)
        elif atom.folded == "?":
            self._last_becomes(NumberRole.ABOUT)
        return 1

    def _word(self, place: int) -> int:
        is_after_number = place > 0 and self.line.atoms[place - 1].kind in AMOUNTS
        noun = noun_after(self.line.atoms, place - 1) if is_after_number else ()
        if noun and any(name.words.issuperset(noun) for name in self.clause.names):
            # «15 chỉ tiêu» of an indicator that counts them is no plan.
            return len(noun)
        cue, length = self.line.cue(place)
        if cue is not None and self.own.isdisjoint(range(place, place + length)):
            self._cue(cue, place, length)
            self.cue_end = place + length
            return length
        if length := self.line.filler(place):
            self.reached |= self.line.atoms[place].folded in ("dat", "da")
            return length
        if noun:
            return len(noun)
        known = self.known.union(*(name.words for name in self.clause.names))
        self.found.unknown += self.line.atoms[place].folded not in known
        return 1

    def _cue(self, cue: Cue, place: int, length: int) -> None:
        after = place + length
        match cue:
            case Cue.PLAN | Cue.TARGET | Cue.SINCE | Cue.BEFORE:
                self._compare(cue, place, after)
            case Cue.DONE:
                self._lift(Cue.PLAN)
            case Cue.NOW:
                self._lift(Cue.BEFORE)
            case Cue.LEVEL | Cue.LEFT:
                self._turn_to_level(cue, after)
            case Cue.FROM | Cue.ABOUT:
                self._doubt(cue, place, length)
            case Cue.NOT:
                self.flags.add(cue)
                self.found.is_doubted |= not self.clause.amounts
                self.found.said_none |= self._words(place, length).startswith(("khong", "ko"))
            case Cue.UPWARDS:
                self._last_becomes(NumberRole.ABOUT)
            case Cue.CHANGE if not self.found.judged and self._is_of_the_name(place):
                pass
            case _:
                self.flags.add(cue)
                self.found.is_part |= cue is Cue.PART

    def _doubt(self, cue: Cue, place: int, length: int) -> None:
        is_estimate = self._words(place, length).startswith(_ESTIMATES)
        if self._number_follows(place + length) or is_estimate:
            self.flags.add(cue)
        if is_estimate and not any(number > place for number in self.clause.amounts):
            # «12,5 tỷ (tạm tính)»
            self.found.is_doubted = True
            self._last_becomes(NumberRole.ABOUT)

    def _is_of_the_name(self, place: int) -> bool:
        """Whether the name before it says this change itself: «Giảm nghèo: giảm 12 hộ»."""
        word = self.line.atoms[place].folded
        return any(name.first < place and word in name.words for name in self.clause.names)

    def _compare(self, cue: Cue, place: int, after: int) -> None:
        self._is_of_what_follows(place, after)
        if cue is Cue.TARGET and self._name_follows(after):
            self.targeted = True
            return
        if cue in (Cue.SINCE, Cue.BEFORE):
            self.flags.add(Cue.BEFORE)
        elif not self.frame.pledging:
            self.flags.add(Cue.PLAN)

    def _lift(self, cue: Cue) -> None:
        """End what was said of plans or other periods: «thực hiện», «đến nay»."""
        self.flags.discard(cue)
        self.lasting -= {cue}
        self.reached |= cue is Cue.PLAN
        self.found.says_done = True

    def _turn_to_level(self, cue: Cue, after: int) -> None:
        if Cue.CHANGE in self.flags:
            self.flags.discard(Cue.CHANGE)
            self.flags.add(Cue.LEVEL)
        elif cue is Cue.LEVEL or not self._name_follows(after):
            self.flags.add(cue)

    def _words(self, place: int, length: int) -> str:
        return " ".join(atom.folded for atom in self.line.atoms[place : place + length])

    def _name_follows(self, place: int) -> bool:
        place = self._past_fillers(place)
        return any(name.first == place for name in self.clause.names)

    def _number_follows(self, place: int) -> bool:
        place = self._past_fillers(place)
        return place <= self.clause.last and self.line.atoms[place].kind in AMOUNTS

    def _past_fillers(self, place: int) -> int:
        while place <= self.clause.last and not any(name.first == place for name in self.clause.names):
            length = self.line.filler(place) or int(self.line.atoms[place].kind in (Kind.COLON, Kind.SIGN))
            if not length:
                break
            place += length
        return place

    def _is_of_what_follows(self, place: int, after: int) -> None:
        """Take the number right before «kế hoạch», «so với», «cùng kỳ» as one of them: «98,6 % kế hoạch»."""
        if not self.found.judged or not self._is_right_after_last(place):
            return
        is_percent = self.found.judged[-1].atom.folded.endswith(("%", "phan tram"))
        cue, _ = self.line.cue(place)
        if is_percent:
            self._last_becomes(NumberRole.OTHER, of_plan=True)
            return
        names_follow = any(name.last > place for name in self.clause.names)
        if cue is not Cue.SINCE and not names_follow and not (self._number_follows(after) and self.reached):
            self._last_becomes(NumberRole.OTHER)

    def _place_of(self, judged: Judged) -> int:
        return self.line.atoms.index(judged.atom)

    def _last_becomes(self, role: NumberRole, *, of_plan: bool = False) -> None:
        if self.found.judged:
            last = self.found.judged.pop()
            self.found.judged.append(Judged(last.atom, last.text, role, last.noun, of_plan or last.of_plan))

    def _period(self, mention: str, place: int) -> None:
        if self.targeted and mention.startswith("nam ") and not self.frame.pledging:
            self.flags.add(Cue.PLAN)
        if self.frame.reported.is_this(mention):
            self._lift(Cue.BEFORE)
        elif self.frame.reported.is_other(mention):
            is_of_last = bool(self.found.judged) and self._is_right_after_last(place)
            if is_of_last:
                # «92,1 % năm 2025, 93,4 % năm 2026»
                self._last_becomes(NumberRole.OTHER)
            if not is_of_last or self._number_follows(place + 1):
                self.flags.add(Cue.BEFORE)

    def _is_right_after_last(self, place: int) -> bool:
        """Whether only words that say nothing, or name what is counted, stand between the last number and here."""
        atoms, last = self.line.atoms, self.found.judged[-1]
        between = range(self._place_of(last) + 1, place)
        return all(atoms[one].kind is Kind.WORD and bool(self.line.filler(one) or last.noun) for one in between)

    def _amount(self, place: int) -> None:
        atom = self.line.atoms[place]
        text = self.line.text[atom.start : atom.end]
        if atom.kind is Kind.AMOUNT and is_year(atom.folded) and self._names_a_year(place):
            self._period(f"nam {atom.folded}", place)
            return
        if atom.kind is Kind.RANGE:
            self.flags.discard(Cue.FROM)
        self.found.judged.append(Judged(atom, text, self._role(), noun_after(self.line.atoms, place)))
        self.flags = (self.flags - _OF_ONE_NUMBER) | self.lasting
        self.reached = False

    def _names_a_year(self, place: int) -> bool:
        """Whether a bare 2025 is a year: after a cue, before a colon or another number, or where no name is."""
        is_last = not any(other > place for other in self.clause.amounts)
        before_colon = place + 1 < len(self.line.atoms) and self.line.atoms[place + 1].kind is Kind.COLON
        return not is_last or before_colon or self.cue_end == place or not self.clause.names

    def _role(self) -> NumberRole:
        if self.flags & _OTHERS:
            return NumberRole.OTHER
        ways = {Cue.ABOUT: NumberRole.ABOUT, Cue.LEFT: NumberRole.LEFT, Cue.LEVEL: NumberRole.LEVEL}
        return next((role for cue, role in ways.items() if cue in self.flags), NumberRole.VALUE)


def noun_after(atoms: tuple[Atom, ...], place: int) -> tuple[str, ...]:
    length = counting_at(atoms, place + 1)
    return tuple(atom.folded for atom in atoms[place + 1 : place + 1 + length])
