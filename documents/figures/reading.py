"""Reading a file that an officer sends instead of typing its figures."""

from documents.figures.files import FigureFile, Sought
from domain.dossiers.dossiers import refuse_size
from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from usecases.figures.forms import FigureForm

_PACKAGE, _LARGEST_FORM = b"PK\x03\x04", 1024 * 1024
"""Beginning of a workbook, and the most bytes that a filled form has."""
PICTURES = frozenset({"pdf-is-scan", "file-is-picture"})
"""Codes of the refusals of papers that were photographed or scanned."""
_BROKEN = "Tệp này hỏng, không mở được. Anh/chị mở tệp, lưu lại rồi gửi lại."


def read_figure_file(name: str, content: bytes, form: FigureForm, *, sheet: str | None = None) -> FigureFile:
    """Return what an Excel, Word or PDF file says about the figures of the form.

    It blocks: callers keep it off the event loop. Raises Refusal if the file cannot be read, is the form of another
    duty or unit, or names no indicator.
    """
    # It imports the readers of all kinds of files, 27 MB that most processes never need.
    from documents.figures.scanning import scan_figures

    # A file that is too large must not be copied to the other process.
    refuse_size(len(content))
    sought = Sought(form.wanted, form.key.text if form.key else "", form.period, form.is_pledge)
    try:
        found = run_bounded(scan_figures, name, content, sought, sheet=sheet)
    except ReadingFailed as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    if sought.key and found.form and found.form != sought.key:
        raise _of_another(found.form, form)
    if not (found.reading.read or found.reading.ask or found.reasons or found.sheets):
        raise _without_figures(found, form)
    return found


def find_key_in_file(content: bytes) -> str:
    """Return the key of the form that a file is, or an empty string for any other file. It blocks."""
    if not content.startswith(_PACKAGE) or len(content) > _LARGEST_FORM:
        return ""
    from documents.figures.scanning import find_form_key

    try:
        return run_bounded(find_form_key, content)
    except (ReadingFailed, Refusal):
        return ""


def _without_figures(found: FigureFile, form: FigureForm) -> Refusal:
    said = "".join(f" {note}." for note in found.notes[:2])
    if found.form:
        return Refusal("form-not-filled", f"Mẫu này chưa điền số nào.{said} Anh/chị điền cột tô vàng, lưu rồi gửi lại.")
    return Refusal(
        "file-without-figures",
        f"Bot không thấy số của chỉ tiêu nào trong tệp này.{said} Anh/chị xem tên chỉ tiêu có như trong {form.title} "
        "không, hoặc tải mẫu về điền.",
    )


def _of_another(key: str, form: FigureForm) -> Refusal:
    own = form.key.text.split("/") if form.key else []
    parts = dict(zip(("plan", "duty", "year", "turn", "unit"), zip(key.split("/"), own, strict=False), strict=False))
    other = {part for part, (theirs, ours) in parts.items() if theirs != ours}
    what = "đơn vị khác" if "unit" in other else "việc khác" if other & {"plan", "duty"} else "kỳ khác"
    return Refusal(
        "form-of-another-duty",
        f"Tệp này là mẫu của {what}, bot chưa đọc. Anh/chị tải mẫu của {form.title}, {form.unit_name} rồi điền.",
    )
