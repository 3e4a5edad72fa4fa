"""The page of performance is made of what the benches print."""

from pathlib import Path

from simulation.benches.report import ROWS, RUNS, write_page

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def test_a_row_is_filled_from_its_run_keeps_what_it_has_or_stays_open(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Speed\n<!-- measured -->\nold\n<!-- /measured -->\nwords\n", encoding="utf-8")

    write_page(page, {"paste": {"ratios": {"paste": 9.5, "hand_in": 20}}})
    write_page(page, {"paste-postgresql": {"ratios": {"paste": 8, "hand_in": 21.5}}})

    lines = page.read_text(encoding="utf-8").splitlines()
    assert "| `paste` | 15 lines pasted |  | 9.5 × | 8 × |" in lines
    assert "| `step` | a typed figure | ≤ 15 × | – | – |" in lines
    assert lines[-1] == "words"
    assert "old" not in lines


def test_sizes_are_a_table_and_a_chart(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("<!-- sizes -->\n<!-- /sizes -->\n", encoding="utf-8")
    size = {"officers": 100, "echo": 0.1, "costs": {"menu": 2.0}, "ratios": {"menu": 20.0}}

    write_page(page, {"sizes": [size, {**size, "officers": 1000}]})

    assert "| menu | 2 ms · 20 × | 2 ms · 20 × |" in page.read_text(encoding="utf-8")
    assert (tmp_path / "performance.svg").exists()


def test_the_page_in_the_documents_has_places_for_its_tables_and_every_row_a_run() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert all(f"<!-- {name} -->" in page and f"<!-- /{name} -->" in page for name in ("measured", "sizes"))
    assert {row.run for row in ROWS} <= RUNS.keys()
