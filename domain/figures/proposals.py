"""Figures that were read but are not entered yet: one table that an officer changes, answers and confirms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from domain.figures.readings import AskedFigure, FiguresReading, Why
from domain.typed_input.words import clean_line

LONGEST_QUOTE = 120
MOST_UNREAD = 60
"""Most pieces that were not understood that one table keeps in their own words; further ones are only counted."""


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """A figure that is written only once the officer confirms it."""

    indicator: str
    """Code of the indicator."""
    value: Decimal
    quote: str = ""
    """The words it was read from; empty if it was typed alone, chosen or comes from the last period."""
    source: int = 0
    """Id of the message that it came from; 0 if it came from none."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A figure that the officer is asked about."""

    asked: AskedFigure
    source: int = 0


@dataclass(frozen=True, slots=True)
class UnreadWords:
    """A piece of a text that was not understood, in its own words."""

    words: str
    source: int = 0


@dataclass(frozen=True, slots=True)
class FigureProposal:
    """The whole table; every change returns another one."""

    figures: tuple[ProposedFigure, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    unread: tuple[UnreadWords, ...] = ()
    hidden: int = 0
    """Number of further pieces that were not understood."""
    learned: tuple[tuple[str, str], ...] = ()
    """(words, indicator code): what the officer's corrections say that words mean, kept once they confirm."""
    reasons: tuple[tuple[str, str], ...] = ()
    """(indicator code, reason): why a figure is off the trend or, without a figure, why there is none."""

    @property
    def values(self) -> dict[str, Decimal]:
        """{indicator code: figure}."""
        return {figure.indicator: figure.value for figure in self.figures}

    @property
    def sources(self) -> set[int]:
        """Ids of the messages that the table comes from."""
        return {
            *(one.source for one in self.figures),
            *(one.source for one in self.questions),
            *(one.source for one in self.unread),
        }

    def figure(self, indicator: str) -> ProposedFigure | None:
        return next((figure for figure in self.figures if figure.indicator == indicator), None)

    def with_reading(self, reading: FiguresReading, *, source: int = 0) -> "FigureProposal":
        """Return the table with what another message says; it takes the place of what the same message said before.

        A figure replaces the one of an earlier message; a question takes it out, because it is in doubt.
        """
        before = self.without_source(source) if source else self
        read = [ProposedFigure(one.indicator, one.value, _short(one.quote), source) for one in reading.read]
        asked = [OpenQuestion(replace(one, quote=_short(one.quote)), source) for one in reading.ask]
        asked_for = {one.indicator for one in reading.ask if one.indicator}
        settled = {one.indicator for one in read} | asked_for
        unread = [UnreadWords(_short(words), source) for words in reading.unread]
        return replace(
            before,
            figures=_replaced([one for one in before.figures if one.indicator not in asked_for], read),
            questions=(*(one for one in before.questions if one.asked.indicator not in settled), *asked),
            unread=(*before.unread, *unread)[:MOST_UNREAD],
            hidden=before.hidden + max(0, len(before.unread) + len(unread) - MOST_UNREAD),
        )

    def without_source(self, source: int) -> "FigureProposal":
        return replace(
            self,
            figures=tuple(one for one in self.figures if one.source != source),
            questions=tuple(one for one in self.questions if one.source != source),
            unread=tuple(one for one in self.unread if one.source != source),
        )

    def with_figure(self, indicator: str, value: Decimal) -> "FigureProposal":
        """Return the table with this figure in place of the indicator's own; its quote stays."""
        standing = self.figure(indicator)
        figure = replace(standing, value=value) if standing else ProposedFigure(indicator, value)
        return replace(self, figures=_replaced(self.figures, [figure]))

    def without(self, indicators: Iterable[str]) -> "FigureProposal":
        dropped = set(indicators)
        return replace(
            self,
            figures=tuple(one for one in self.figures if one.indicator not in dropped),
            reasons=tuple(one for one in self.reasons if one[0] not in dropped),
        )

    def with_reasons(self, reasons: Iterable[tuple[str, str]]) -> "FigureProposal":
        """Return the table with these reasons; a later one replaces an earlier one."""
        return replace(self, reasons=tuple((dict(self.reasons) | dict(reasons)).items()))

    @property
    def explained(self) -> dict[str, str]:
        """{indicator code: reason} of the indicators that have a reason and no figure."""
        said = self.values.keys() | {one.asked.indicator for one in self.questions}
        return {code: reason for code, reason in self.reasons if code not in said}

    def answered(self, number: int, indicator: str, value: Decimal) -> "FigureProposal":
        """Return the table in which the question is answered with one of its readings."""
        question = self.questions[number]
        figure = ProposedFigure(indicator, value, question.asked.quote, question.source)
        return replace(self.skipped(number), figures=_replaced(self.figures, [figure]))

    def narrowed(self, number: int, indicator: str) -> "FigureProposal":
        """Return the table in which the question «which indicator?» is answered, and its figure still asked for."""
        asked = replace(self.questions[number].asked, indicator=indicator, candidates=())
        question = replace(self.questions[number], asked=asked)
        return replace(self, questions=(*self.questions[:number], question, *self.questions[number + 1 :]))

    def asking(self, asked: AskedFigure) -> "FigureProposal":
        """Return the table with this as its first question; the figure that it is about leaves the table."""
        others = self.without([asked.indicator]) if asked.indicator else self
        return replace(others, questions=(OpenQuestion(asked), *self.questions))

    def skipped(self, number: int) -> "FigureProposal":
        return replace(self, questions=(*self.questions[:number], *self.questions[number + 1 :]))

    def without_unread(self, words: str) -> "FigureProposal":
        return replace(self, unread=tuple(one for one in self.unread if one.words != words))

    def with_meaning(self, words: str, indicator: str) -> "FigureProposal":
        """Return the table that remembers what these words mean; a later correction replaces an earlier one."""
        others = tuple(one for one in self.learned if one[0] != words)
        return replace(self, learned=(*others, (words, indicator)) if words else others)


def proposal_of(values: Mapping[str, Decimal]) -> FigureProposal:
    """Return a table of these figures, {indicator code: figure}, which come from no text."""
    return FigureProposal(figures=tuple(ProposedFigure(code, value) for code, value in values.items()))


def pack(proposal: FigureProposal) -> dict[str, Any]:
    """Return the table as plain lists and strings, to keep it between two messages."""
    return {
        "figures": [[one.indicator, str(one.value), one.quote, one.source] for one in proposal.figures],
        "questions": [[*_packed(one.asked), one.source] for one in proposal.questions],
        "unread": [[one.words, one.source] for one in proposal.unread],
        "hidden": proposal.hidden,
        "learned": [[*pair] for pair in proposal.learned],
        "reasons": [[*pair] for pair in proposal.reasons],
    }


def unpack(packed: Mapping[str, Any]) -> FigureProposal:
    return FigureProposal(
        figures=tuple(ProposedFigure(code, Decimal(value), *rest) for code, value, *rest in packed["figures"]),
        questions=tuple(_question(*one) for one in packed["questions"]),
        unread=tuple(UnreadWords(*one) for one in packed["unread"]),
        hidden=packed["hidden"],
        learned=tuple((words, code) for words, code in packed["learned"]),
        reasons=tuple((code, reason) for code, reason in packed["reasons"]),
    )


def _packed(asked: AskedFigure) -> list[Any]:
    readings = [str(value) for value in asked.readings]
    return [asked.indicator, readings, asked.quote, str(asked.why), [*asked.candidates]]


def _question(  # noqa: PLR0913 (the parts of `_packed`)
    indicator: str | None, readings: Sequence[str], quote: str, why: str, candidates: Sequence[str], source: int
) -> OpenQuestion:
    values = tuple(Decimal(value) for value in readings)
    return OpenQuestion(AskedFigure(indicator, values, quote, Why(why), tuple(candidates)), source)


def _replaced(before: Sequence[ProposedFigure], figures: Sequence[ProposedFigure]) -> tuple[ProposedFigure, ...]:
    changed = {figure.indicator: figure for figure in figures}
    standing = tuple(changed.pop(one.indicator, one) for one in before)
    return (*standing, *changed.values())


def _short(words: str) -> str:
    line = clean_line(words)
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"
