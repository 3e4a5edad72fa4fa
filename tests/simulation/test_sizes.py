"""The same things are measured among few officers and among many, and drawn."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from simulation.benches.sizes import bench_sizes, tell_sizes, write_chart
from simulation.measuring.chart import draw_chart

SVG = "{http://www.w3.org/2000/svg}"


async def test_each_size_is_measured_and_drawn(tmp_path: Path) -> None:
    found = await bench_sizes(sizes=(40, 60), officers=1, runs=1)
    write_chart(found, tmp_path / "sizes.svg")

    assert [size.officers for size in found] == [40, 60]
    assert all(ratio > 0 for size in found for ratio in size.ratios.values())
    assert len(tell_sizes(found).splitlines()) == len(found[0].costs) + 2
    drawn = ElementTree.parse(tmp_path / "sizes.svg").getroot()  # noqa: S314 (our own)
    assert len(drawn.findall(f"{SVG}polyline")) == len(found[0].ratios)


def test_ten_times_as_much_is_one_step_on_the_chart() -> None:
    drawn = ElementTree.fromstring(draw_chart({"a": [(100, 1), (1000, 10), (10000, 100)]}, across="n", up="ms"))  # noqa: S314

    places = [
        tuple(map(float, point.split(","))) for point in drawn.findall(f"{SVG}polyline")[0].attrib["points"].split()
    ]
    steps = [(round(b[0] - a[0]), round(a[1] - b[1])) for a, b in pairwise(places)]
    assert steps[0] == steps[1]
