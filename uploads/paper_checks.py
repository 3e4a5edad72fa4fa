"""Checks of a paper's pages beyond what makes a file valid, in the same process with limits.

The libraries that open PDFs and pictures are imported where they are used: in the reading process.
"""

from dataclasses import dataclass, replace

from domain.dossiers.dossiers import LARGEST_FILE, refuse_size
from domain.dossiers.paper_checks import Finding, FindingKind
from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from uploads.contents import Content, size_of
from uploads.first_page import words_of_package
from uploads.photos import photo_as_pdf
from uploads.validation import PICTURES, ValidatedUpload, identify_upload, validate_upload_bounded

_UNCOMMON = (".heic", ".webp")


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    upload: ValidatedUpload
    findings: tuple[Finding, ...] = ()
    text: str = ""
    """Text of its first pages; empty for pictures and scans."""


def check_paper_bounded(file_name: str, content: Content, *, most: int = LARGEST_FILE) -> CheckedPaper:
    """Call `check_paper` in a process with limits on time and memory.

    Raises Refusal also if a limit is exceeded. The call blocks: callers keep it off the event loop.
    """
    refuse_size(size_of(content), most=most)
    try:
        return run_bounded(check_paper, file_name, content, most=most)
    except ReadingFailed as fault:
        raise Refusal("file-broken", "Tệp này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại.") from fault


def check_paper(file_name: str, content: Content, *, most: int = LARGEST_FILE) -> CheckedPaper:
    """Validate the file and look at its pages. Raises what `validate_upload` raises."""
    upload = identify_upload(file_name, content, most=most)
    if upload.pages is not None:
        return _pdf(upload, content)
    if upload.kind in PICTURES:
        return CheckedPaper(upload, tuple(_picture(content)))
    words = words_of_package(content, upload.kind)
    is_empty = words is not None and not any(map(str.isalnum, words.text)) and not words.has_pictures
    findings = (Finding(FindingKind.BLANK),) if is_empty else ()
    return CheckedPaper(upload, findings, words.text if words else "")


def readable_everywhere_bounded(paper: CheckedPaper, content: Content) -> tuple[CheckedPaper, Content]:
    """Return a photo that office computers do not open (.heic, .webp) as a PDF of one page, others as they are.

    Raises Refusal if it cannot be opened. The call blocks.
    """
    if paper.upload.kind not in _UNCOMMON:
        return paper, content
    try:
        page = run_bounded(photo_as_pdf, content if isinstance(content, bytes) else content.read_bytes())
    except ReadingFailed as fault:
        raise Refusal("file-broken", "Ảnh này không chuyển được thành PDF. Anh/chị gửi ảnh JPG.") from fault
    upload = validate_upload_bounded(f"{paper.upload.name.rpartition('.')[0]}.pdf", page)
    return replace(paper, upload=upload), page


def _pdf(upload: ValidatedUpload, content: Content) -> CheckedPaper:
    from uploads.pdf_pages import look_at_pages

    seen = look_at_pages(content)
    found = ((FindingKind.BLANK, seen.blank), (FindingKind.BLURRED, seen.blurred), (FindingKind.COARSE, seen.coarse))
    return CheckedPaper(upload, tuple(Finding(kind, tuple(pages)) for kind, pages in found if pages), seen.text)


def _picture(content: Content) -> list[Finding]:
    """Return at most one finding: what cannot be seen is not also too coarse."""
    from uploads.pdf_pages import COARSEST
    from uploads.pictures import open_picture, size_of_picture
    from uploads.sharpness import LOOKED_AT, as_looked_at, is_blank, is_blurred

    grey = as_looked_at(open_picture(content, side=LOOKED_AT))
    if is_blank(grey):
        return [Finding(FindingKind.BLANK, (1,))]
    if is_blurred(grey):
        return [Finding(FindingKind.BLURRED, (1,))]
    return [Finding(FindingKind.COARSE, (1,))] if max(size_of_picture(content)) < COARSEST else []
