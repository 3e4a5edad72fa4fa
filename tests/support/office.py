"""LibreOffice as the reader of what the product writes: Word files become pages, and pages text."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook


def need_office() -> None:
    """Skip the test if LibreOffice or pdftotext is missing, or fail it in CI."""
    missing = [program for program in ("soffice", "pdftotext") if shutil.which(program) is None]
    if missing:
        reason = f"{', '.join(missing)} not found"
        if os.environ.get("THIDUA_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)


def convert(folder: Path, *names: str, to: str) -> None:
    """Convert these files of the folder in one call; the results stand beside them."""
    profile = f"-env:UserInstallation=file://{_profile().name}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    done = subprocess.run([*command, *(str(folder / name) for name in names)], capture_output=True, timeout=180)
    assert done.returncode == 0, done.stderr.decode()


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Return a profile folder of the worker's own: two LibreOffices cannot share one."""
    return tempfile.TemporaryDirectory()


def pages_of(folder: Path, papers: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return {name: text of each page} of Word files, given as {name: content}."""
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    convert(folder, *(f"{name}.docx" for name in papers), to="pdf")
    return {name: _text(folder / f"{name}.pdf").split("\f")[:-1] for name in papers}


def _text(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()


def recalculated(folder: Path, content: bytes) -> Workbook:
    """Return the values of a workbook as LibreOffice computes them: those beside its formulas are taken out before."""
    bare = load_workbook(BytesIO(content))
    (folder / "bare").mkdir()
    # openpyxl writes formulas without their values, so nothing is left but to compute them.
    bare.save(folder / "bare" / "computed.xlsx")
    convert(folder, "bare/computed.xlsx", to="xlsx")
    return load_workbook(folder / "computed.xlsx", data_only=True)
