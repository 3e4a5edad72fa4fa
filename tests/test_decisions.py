from pathlib import Path

DECISIONS = Path(__file__).parents[1] / "docs" / "decisions"


def test_decisions_are_numbered_without_gaps_and_say_so_in_their_heading() -> None:
    found = sorted(DECISIONS.glob("*.md"))

    numbers = [(path.name[:4], path.read_text(encoding="utf-8").split(".")[0]) for path in found]

    assert numbers == [(f"{number:04}", f"# {number}") for number in range(1, len(found) + 1)]
