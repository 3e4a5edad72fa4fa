"""Writes the shipped templates; run it after a change in `contents` or `page`, and commit what it writes."""

from datetime import UTC, datetime
from pathlib import Path

from documents.official_papers.masters.contents import make_template
from domain.official_papers import PAPER_NAMES, PaperKind

FOLDER = Path(__file__).parents[1] / "templates"


def main() -> None:
    for kind in PaperKind:
        paper = make_template(kind)
        properties = paper.core_properties
        properties.author, properties.comments, properties.title = "", "", PAPER_NAMES[kind]
        properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
        paper.save(str(FOLDER / f"{kind}.docx"))


if __name__ == "__main__":
    main()
