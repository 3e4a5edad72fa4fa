"""Drafts of official papers as .docx."""

from documents.official_papers.rendering import render_paper
from documents.official_papers.shipped import shipped_template
from documents.official_papers.values import values_of
from usecases.official_papers.views import Paper


def write_draft(paper: Paper, template: bytes | None) -> bytes:
    """Return the paper made from the office's template, or from the shipped one. Slow: keep it off the event loop."""
    return render_paper(template or shipped_template(paper.frame.kind), values_of(paper))
