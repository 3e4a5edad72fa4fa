"""What reading files costs the reading process, asked for from a small process of its own.

A process inherits the highest memory of the one that starts it, and pytest's is large: run as a program, this starts
the readers itself. Arguments are the way of reading and paths; for each path a line of JSON comes out.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from documents.figures.reading import read_figure_file
from domain.errors import Refusal
from tests.documents.figures.forms import SAMPLE
from uploads.bounded import end_reader, run_bounded
from uploads.paper_checks import check_paper_bounded

Make = Callable[[], bytes]

_MOST_SECONDS = 5
_MOST_KILOBYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    code: str
    """Code of the refusal, or empty if the file was accepted."""
    seconds: float
    """Processor time, without what the reading process takes to start."""
    kilobytes: int
    """Most memory that the reading process had by then."""

    @property
    def is_high(self) -> bool:
        return not 0 <= self.seconds < _MOST_SECONDS or self.kilobytes >= _MOST_KILOBYTES


def costs_of(files: Mapping[str, tuple[str, Make]], folder: Path, *, way: str = "paper") -> dict[str, Cost]:
    """Return what reading each file cost, as a «paper» or for its «figures»; `files` are {title: (name, maker)}."""
    paths = [folder / str(number) / name for number, (name, _) in enumerate(files.values())]
    for path, (_, make) in zip(paths, files.values(), strict=True):
        path.parent.mkdir()
        path.write_bytes(make())
    command = [sys.executable, "-m", __name__, way, *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    return dict(zip(files, (Cost(**json.loads(line)) for line in run.stdout.splitlines()), strict=True))


def cost_of(path: Path, *, way: str) -> Cost:
    """Read a file in the reading process that has read those before, as the product does."""
    code, before = "", run_bounded(resource.getrusage, resource.RUSAGE_SELF)
    try:
        if way == "figures":
            read_figure_file(path.name, path.read_bytes(), SAMPLE)
        else:
            check_paper_bounded(path.name, path.read_bytes())
    except Refusal as refusal:
        code = refusal.code
    # A process that was killed only its parent can ask.
    used = end_reader() if code == "file-too-heavy" else run_bounded(resource.getrusage, resource.RUSAGE_SELF)
    return Cost(code, _seconds(used) - _seconds(before), used.ru_maxrss) if used else Cost(code, 0, 0)


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    for name in sys.argv[2:]:
        sys.stdout.write(json.dumps(asdict(cost_of(Path(name), way=sys.argv[1]))) + "\n")
