"""Whoever gets the bundle needs nothing but Python."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from documents.audit import open_bundle, read_head
from documents.audit_bundle.verify import faults_of
from domain.audit import BEGINNING, AuditAction, ChainHead, PendingEntry, canonical, chain
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin, submit
from tests.support.steps.filling import hand_in_report, officer
from usecases.audit import export_audit_log
from usecases.seals.full_audit import export_seals

NOTES = [
    PendingEntry(
        "2026-05-12T03:00:00.000000+00:00",
        None,
        "OFFICER@5",
        AuditAction.UNIT_RENAMED,
        "phuong-5",
        5,
        canonical({"n": n}),
    )
    for n in ("Phường 5", "một\ndòng\u2028mới", "«»", "")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked bundle."""
    entries, head = chain(NOTES, ChainHead(0, BEGINNING))
    with open_bundle(tmp_path / "so.zip") as bundle:
        for entry in entries:
            bundle.add(entry)
        bundle.close(head)
    with ZipFile(tmp_path / "so.zip") as archive:
        archive.extractall(tmp_path / "so")
    return tmp_path / "so"


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """As on a machine that has never seen the project: no path, no packages, no settings."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py")]
    return subprocess.run(command, env={}, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_untouched_bundle_is_found_whole_without_the_project(folder: Path) -> None:
    found = run(folder)

    head = read_head(folder.parent / "so.zip")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == f"Sổ ghi vết nguyên vẹn: 4 mục. Mã cuối: {head.hash}\n"


def test_altered_bundle_is_refused_without_the_project(folder: Path) -> None:
    lines = folder / "trail.jsonl"
    lines.write_text(lines.read_text("utf-8").replace("Phường 5", "Phường 6"), "utf-8")

    found = run(folder)

    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "Mục 1: nội dung đã bị sửa.\n"


@pytest.mark.parametrize(
    "harm",
    [
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: [*lines[:1], *lines[2:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [lines[0].replace('":', '": ', 1), *lines[1:]],
        lambda lines: [lines[0], "{}\n", *lines[1:]],
        lambda lines: ["[]\n", *lines[1:]],
        lambda lines: ["?\n", *lines],
        lambda lines: [lines[0].rstrip("\n"), *lines[1:]],
    ],
)
def test_whatever_is_done_to_the_lines_is_found(folder: Path, harm: Callable[[list[str]], list[str]]) -> None:
    file = folder / "trail.jsonl"
    with file.open(encoding="utf-8", newline="\n") as lines:
        kept = list(lines)

    file.write_text("".join(harm(kept)), "utf-8")

    assert faults_of(folder)


def test_head_of_another_trail_is_found(folder: Path) -> None:
    (folder / "head.json").write_text(json.dumps({"count": 4, "hash": BEGINNING}), "utf-8")

    assert faults_of(folder)


def test_the_verifier_is_short_and_runs_on_an_old_python(folder: Path) -> None:
    program = (folder / "verify.py").read_text("utf-8")

    assert len(program.splitlines()) <= 120
    ast.parse(program, feature_version=(3, 8))


def test_bundle_is_never_written_over_another_nor_left_half_done(tmp_path: Path) -> None:
    file = tmp_path / "so.zip"

    with pytest.raises(KeyError), open_bundle(file):
        raise KeyError
    assert not file.exists()

    file.write_bytes(b"kept")
    with refused("file-exists"), open_bundle(file):
        pass
    assert file.read_bytes() == b"kept"


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    with refused("bundle-unknown"):
        read_head(tmp_path / "khong-co.zip")


@pytest.fixture
async def handed_in_folder(stage: Stage, tmp_path: Path) -> Path:
    """A report and a dossier with its files, exported with their content and unpacked."""
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_report(stage, 500)
    stage.wind(DECEMBER)
    await stage.open_duties()
    await submit(stage, 500, await begin(stage, 500))
    async with stage.app.contexts.as_caretaker() as ctx:
        with open_bundle(tmp_path / "so.zip") as bundle:
            await export_seals(ctx, bundle.add_receipt, bundle.add_file, files=stage.app.files)
            bundle.close(await export_audit_log(ctx, bundle.add))
    with ZipFile(tmp_path / "so.zip") as archive:
        archive.extractall(tmp_path / "so")
    return tmp_path / "so"


def test_untouched_receipts_are_found_whole_without_the_project(handed_in_folder: Path) -> None:
    found = run(handed_in_folder)

    assert (found.returncode, found.stderr) == (0, "")
    assert len((handed_in_folder / "receipts.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"line:bhyt":["12"', '"line:bhyt":["99"', "dòng bhyt không khớp"),
        ("Thực tế như vậy", "Ước tính", "không khớp"),
        ('"salt":"', '"salt":"0', "niêm phong không phải bản ghi trong sổ"),
        ("to-trinh.pdf", "khac.pdf", "tệp to-trinh không khớp"),
        ('"giay-khen"', '"bang-khen"', "danh sách đề nghị"),
        ('"code":"HS26', '"code":"HS27', "niêm phong không phải bản ghi trong sổ"),
    ],
)
def test_an_altered_receipt_is_named_without_the_project(
    handed_in_folder: Path, old: str, new: str, words: str
) -> None:
    file = handed_in_folder / "receipts.jsonl"
    before = file.read_text("utf-8")
    file.write_text(before.replace(old, new), "utf-8")

    found = run(handed_in_folder)

    assert old in before
    assert found.returncode == 1
    assert words in found.stderr


def test_an_altered_or_missing_file_is_named_without_the_project(handed_in_folder: Path) -> None:
    first, second, *_ = sorted((handed_in_folder / "files").iterdir())
    first.write_bytes(first.read_bytes() + b" ")
    second.unlink()

    found = run(handed_in_folder)

    assert found.stderr.count("Biên nhận HS26-") == 2
