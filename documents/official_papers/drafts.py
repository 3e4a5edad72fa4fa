"""Drafts of official papers as .docx."""

from documents.official_papers.shipped import shipped_template
from documents.official_papers.values import values_of
from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from usecases.official_papers.views import Paper


def write_draft(paper: Paper, template: bytes | None) -> bytes:
    """Return the paper made from the office's template, or from the shipped one.

    It is made in the process with limits on time and memory: a paper of a whole province would hold up all others, and
    an office's template is a file from outside. Blocks: callers keep it off the event loop.

    Raises Refusal if the limits are exceeded, or the template cannot be used.
    """
    from documents.official_papers.rendering import render_paper

    values = values_of(paper)
    try:
        return run_bounded(render_paper, template or shipped_template(paper.frame.kind), values)
    except ReadingFailed as fault:
        raise Refusal(
            "template-unusable", "Bot không soạn được văn bản từ mẫu của cơ quan. Cơ quan thường trực dùng lại mẫu gốc."
        ) from fault
