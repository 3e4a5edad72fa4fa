"""Names of duties: the title, and the period as people name it."""

_SCHOOL_YEAR = "năm học"
_REPEATED = (_SCHOOL_YEAR, "năm", "tháng", "quý", "lần")
_HALF = "học kỳ"


def name_of(title: str, *, year: int, term: str | None = None) -> str:
    """Return the name of a duty: «Báo cáo 6 tháng 2026», «Tổng kết năm học 2025-2026», «Báo cáo tháng 3/2026».

    Words that end the title and begin the period are said once.
    """
    if not term:
        return f"{title} {year}"
    if _HALF in title.casefold():
        term = term[term.index(_SCHOOL_YEAR) :] if _SCHOOL_YEAR in term else term
    words = title.split()
    for repeated in _REPEATED:
        # «Tổng kết năm học» of a semester: «Tổng kết học kỳ I năm học 2025-2026».
        is_said = f"{repeated} " in term if repeated == _SCHOOL_YEAR else term.casefold().startswith(f"{repeated} ")
        if is_said and title.casefold().endswith(f" {repeated}"):
            rest = words[: -len(repeated.split())]
            # «6 tháng» is a length, not the name of a month.
            if not rest[-1].isdecimal():
                return f"{' '.join(rest)} {term}"
    return f"{title} {term}"
