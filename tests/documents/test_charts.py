"""Pictures of hand-ins: every name and value is written in them, and they are PNG that a phone can read."""

import re
from dataclasses import replace
from datetime import date
from struct import unpack

import pytest

from dialogs.status.samples import STATUS
from documents.charts.drawing import WIDTH, Colour, Drawing
from documents.charts.progress import MOST_ROWS, draw_progress, draw_punctuality, draw_timeline
from usecases.duties.tallies import ClusterCount
from usecases.status.views import StatusView

MANY = replace(STATUS, clusters=tuple(ClusterCount(f"Cụm {number}", number % 4, 6) for number in range(1, 29)))


def words(drawing: Drawing) -> list[str]:
    return re.findall(r">([^<>]+)</text>", drawing.svg())


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return unpack(">II", png[16:24])


def test_each_cluster_has_a_bar_and_its_count() -> None:
    drawing = draw_progress(STATUS)

    assert size_of(drawing.png())[0] == WIDTH
    assert words(drawing)[:2] == ["Báo cáo 6 tháng 2026", "Đã nộp 9/12 đơn vị, lúc 10:42, 12/05/2026"]
    assert words(drawing)[2:] == ["Cụm 1", "4/6 · 67 %", "Cụm 2", "5/6 · 83 %"]


def test_clusters_that_do_not_fit_are_counted_together() -> None:
    drawing = draw_progress(MANY)

    counts = [tuple(map(int, found)) for found in re.findall(r"(\d+)/(\d+) · ", " ".join(words(drawing)[2:]))]
    assert len(counts) == MOST_ROWS
    assert "15 cụm khác" in words(drawing)
    assert sum(owed for _, owed in counts) == sum(count.owed for count in MANY.clusters)
    assert sum(done for done, _ in counts) == sum(count.handed_in for count in MANY.clusters)


def test_a_name_is_text_whatever_stands_in_it() -> None:
    odd = replace(STATUS, clusters=(ClusterCount("<b>&Cụm</b> «1»", 0, 0),))

    drawing = draw_progress(odd)

    assert size_of(drawing.png())[1] > 0
    assert "&lt;b&gt;&amp;Cụm&lt;/b&gt; «1»" in words(drawing)


def test_a_season_is_drawn_by_day_with_what_is_past_in_another_colour() -> None:
    late = replace(STATUS, title="Giao ước thi đua 2026", last_valid_day=date(2026, 3, 29))
    undated = replace(STATUS, title="Sáng kiến 2026", last_valid_day=None)

    drawing = draw_timeline([undated, STATUS, late], today=date(2026, 5, 12))

    titles = [word for word in words(drawing) if word.endswith("2026") and not word.startswith(("Hôm", "hết"))]
    assert titles == ["Giao ước thi đua 2026", "Báo cáo 6 tháng 2026", "Sáng kiến 2026"]
    dots = re.findall(r'<circle [^>]*fill="(#\w+)"', drawing.svg())
    assert dots == [Colour.VERMILION, Colour.ORANGE, Colour.ORANGE]


@pytest.mark.parametrize("statuses", [[], [STATUS], [STATUS] * 20], ids=["none", "one", "twenty"])
def test_punctuality_is_drawn_for_any_number_of_duties(statuses: list[StatusView]) -> None:
    assert size_of(draw_punctuality(statuses).png())[0] == WIDTH


def test_a_picture_needs_no_font_of_the_machine() -> None:
    letters, nothing = Drawing(), Drawing()
    letters.heading("Phường Ọ ễ ự", below="đơn vị")
    nothing.heading("", below="")

    assert len(letters.png()) > len(nothing.png()) + 1000
