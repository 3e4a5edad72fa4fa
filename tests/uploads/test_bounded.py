"""Files made to exhaust their reader are refused soon, and cost the bot's own process nothing."""

import resource
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from documents.organisation import scan_organisation
from domain.dossiers.secrecy import SecretMark
from domain.errors import Refusal
from tests.support import bombs, files
from tests.support.refusals import refused
from uploads.bounded import ReadingFailed, end_reader, run_bounded
from uploads.validation import validate_upload, validate_upload_bounded

SOON = 15
"""Wall time (seconds) on a machine that runs other tests too; the limit of processor time is four."""
SHEETS: dict[str, Callable[[], bytes]] = {
    "all cells merged": partial(bombs.merged, "A1:XFD1048576"),
    "six columns merged": partial(bombs.merged, "A1:F1048576"),
    "all cells linked": partial(bombs.linked, "A1:XFD1048576"),
    "six million cells": bombs.many_cells,
    "six million strings": bombs.many_strings,
    "entities of entities": bombs.laughing,
    "a part of zeros": bombs.unpacking,
}


def own_memory() -> int:
    """Return the most memory that this process has had (kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("name", SHEETS)
def test_hostile_workbook_is_refused_soon(name: str) -> None:
    sheet = SHEETS[name]()
    run_bounded(validate_upload, "trước.pdf", files.pdf(1))
    held, began = own_memory(), time.monotonic()

    with pytest.raises(Refusal):
        scan_organisation(sheet)

    assert time.monotonic() - began < SOON
    assert own_memory() - held < 100_000


def test_merged_range_is_named_as_a_fault() -> None:
    with refused("sheet-missing"):
        scan_organisation(bombs.merged("A1:XFD1048576"))


@pytest.mark.parametrize("make", [bombs.calling_pdf, bombs.swelling_pdf], ids=["forms in forms", "packed twice"])
def test_hostile_pdf_ends_soon(make: Callable[[], bytes]) -> None:
    content = make()
    run_bounded(validate_upload, "trước.pdf", files.pdf(1))
    held, began = own_memory(), time.monotonic()

    with suppress(Refusal):
        validate_upload_bounded("bom.pdf", content)

    assert time.monotonic() - began < SOON
    assert own_memory() - held < 100_000


def test_workbook_as_a_paper_is_not_unpacked() -> None:
    sheets = [SHEETS[name]() for name in SHEETS.keys() - {"entities of entities", "a part of zeros"}]
    began = time.monotonic()

    for sheet in sheets:
        assert validate_upload_bounded("bảng.xlsx", sheet).name == "bảng.xlsx"

    assert time.monotonic() - began < SOON


def test_what_earlier_files_left_in_memory_counts_against_none() -> None:
    end_reader()

    assert [run_bounded(bombs.take, 90, leaves=True) for _ in range(4)] == [90] * 4
    with refused("file-too-heavy"):
        run_bounded(bombs.take, 900)


@pytest.mark.long
def test_next_file_is_read_after_one_that_was_cut_off() -> None:
    with refused("file-too-heavy"):
        run_bounded(bytearray, 10_000_000_000)
    with refused("file-too-heavy"):
        run_bounded(sum, range(10**12))

    assert validate_upload_bounded("tờ trình.pdf", files.pdf(3)).pages == 3


def test_a_refusal_comes_out_as_it_was_raised() -> None:
    with pytest.raises(SecretMark) as refusal:
        validate_upload_bounded("TOI MAT.pdf", files.pdf(1))

    assert refusal.value.mark == "TỐI MẬT"


def test_a_stumble_over_the_content_is_told_apart_from_a_refusal() -> None:
    with pytest.raises(ReadingFailed, match="ValueError"):
        run_bounded(int, "x")
