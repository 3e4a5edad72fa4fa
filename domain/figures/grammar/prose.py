"""Reading lines and sentences: what each says of the wanted indicators."""

from collections.abc import Sequence
from decimal import Decimal

from domain.figures.grammar.atoms import fold
from domain.figures.grammar.clauses import Line
from domain.figures.grammar.frame import Frame, Lasting
from domain.figures.grammar.judgements import NumberRole
from domain.figures.grammar.statements import Parsed, Statement, parse
from domain.figures.grammar.units import unit_in
from domain.figures.grammar.values import Value, value_of
from domain.figures.readings import Wanted, Why
from domain.figures.settling import Said


def read_lines(lines: Sequence[str], frame: Frame, lasting: Lasting) -> tuple[list[Said], Lasting]:
    """Return what the lines say, and the cues of the last heading; `lasting` are those of the heading above.

    Each line is in one spelling, without bullets and numbering.
    """
    read = [Line.of(line, frame.book) for line in lines]
    parsed: list[Parsed] = []
    for line in read:
        found = parse(line, frame, lasting)
        lasting = lasting if found.heading is None else found.heading
        parsed.append(found)
    joined = _join_numbers_below(parsed, read)
    said = [
        said
        for place, (line, found) in enumerate(zip(read, parsed, strict=True))
        for said in (() if place in joined else _say(line, found, frame))
    ]
    return said, lasting


def read_line(text: str, frame: Frame, lasting: Lasting) -> list[Said]:
    """Return what one line says by itself."""
    line = Line.of(text, frame.book)
    return _say(line, parse(line, frame, lasting), frame)


def _join_numbers_below(parsed: Sequence[Parsed], lines: Sequence[Line]) -> set[int]:
    """Give a name alone in its line the numbers of the lines below, and return the places of these lines.

    Where numbers stand above their names, none is given.
    """
    waiting: Statement | None = None
    numbers = _running_numbers(parsed, lines)
    seen_name, joined = False, set(numbers)
    for place, (found, line) in enumerate(zip(parsed, lines, strict=True)):
        if found.statements:
            seen_name = True
            waiting = found.statements[0] if found.statements[0].waits else None
        elif waiting is not None and (unit := unit_in(fold(line.text))):
            waiting.unit = unit
            joined.add(place)
        elif place not in numbers and any(one.role is not NumberRole.OTHER for one in found.loose):
            if not seen_name:
                return joined
            if waiting is not None:
                waiting.judged += found.loose
                waiting.quote = f"{waiting.quote} {line.text}"
                joined.add(place)
        elif found.left:
            waiting = None
    return joined


def _running_numbers(parsed: Sequence[Parsed], lines: Sequence[Line]) -> set[int]:
    """Return the places of lines that only number the name in the line below them: 1, 2, 3."""
    found: set[int] = set()
    for place, (line, below) in enumerate(zip(lines, parsed[1:], strict=False)):
        if line.text == str(len(found) + 1) and below.statements and below.statements[0].waits:
            found.add(place)
    return found


def _say(line: Line, found: Parsed, frame: Frame) -> list[Said]:
    if found.loose and not found.left:
        return [Said(line.text)]
    return [*(_of_statement(statement, frame) for statement in found.statements), *map(Said, found.left)]


def _of_statement(statement: Statement, frame: Frame) -> Said:
    by_code = frame.wanted
    values = {code: value for code in statement.codes if (value := _value(statement, by_code[code])) is not None}
    fitting = {code: value for code, value in values.items() if value.why is not Why.OTHER_UNIT and value.readings}
    if statement.is_too_strange:
        return Said(statement.quote)
    if len(statement.codes) > 1 and len(fitting) > 1:
        readings = tuple(dict.fromkeys(reading for value in fitting.values() for reading in value.readings))
        return Said(statement.quote, tuple(fitting), readings, Why.SEVERAL_INDICATORS)
    chosen = next(iter((fitting or values).items()), None)
    if chosen is None:
        return _of_none(statement, by_code)
    code, value = chosen
    return _with_other_words(statement, code, value, frame)


def _value(statement: Statement, wanted: Wanted) -> Value | None:
    return value_of(statement.judged, wanted, unit=statement.unit, name_says_change=statement.says_change)


def _of_none(statement: Statement, by_code: dict[str, Wanted]) -> Said:
    if statement.said_none and not statement.judged and len(statement.codes) == 1:
        code = statement.codes[0]
        readings = (Decimal(0),) if by_code[code].form.allows(Decimal(0)) else ()
        return Said(statement.quote, (code,), readings, Why.SAID_NONE)
    return Said(statement.quote)


def _with_other_words(statement: Statement, code: str, value: Value, frame: Frame) -> Said:
    """Return the figure, asked back if the words say more than the name, or a part that the text says apart."""
    is_part = any(f" {run} " in f" {frame.said} " for run in statement.name.unsaid)
    is_doubtful = (statement.unknown > 0 or is_part) and value.why in (None, Why.OFF_TREND)
    return Said(statement.quote, (code,), value.readings, Why.OTHER_WORDS if is_doubtful else value.why)
