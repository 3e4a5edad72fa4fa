"""Sources as a file names them: if it names its document, only the lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sources:
    document: str | None = None
    """Name of the document whose lines the sources are, or None if the file names none."""

    def line(self, source: str) -> str:
        return source.removeprefix(f"{self.document} ") if self.document else source
