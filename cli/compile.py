"""`thidua compile`: the figures of all units for one duty, as text, JSON, a workbook or a draft in Word."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from documents.compilation.plain import as_json, as_text
from domain.errors import Refusal
from usecases.compilation.compiling import compile_duty
from usecases.compilation.exporting import export_compilation
from usecases.compilation.finding import DutyWanted, find_duty
from usecases.compilation.views import Compilation
from usecases.official_papers.compiled import draft_compiled
from usecases.official_papers.templates import template_for
from usecases.official_papers.views import CompiledPaper


@exits_on_refusal
def compile_figures(  # noqa: PLR0913 (each is an option of the command)
    plan: Annotated[str, typer.Option(help="Mã kế hoạch.")],
    duty: Annotated[str, typer.Option(help="Mã việc trong kế hoạch.")],
    year: Annotated[int, typer.Option(help="Năm đến hạn.")],
    authority: Annotated[str | None, typer.Option(help="Mã cơ quan; bỏ trống: cơ quan có kế hoạch.")] = None,
    turn: Annotated[int | None, typer.Option(help="Quý, với việc hằng quý.")] = None,
    with_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="Ghi bảng Excel vào tệp này.")] = None,
    docx: Annotated[Path | None, typer.Option(help="Ghi dự thảo báo cáo Word vào tệp này.")] = None,
) -> None:
    wanted = DutyWanted(plan, duty, year, turn, authority)
    if sum((with_json, xlsx is not None, docx is not None)) > 1:
        raise Refusal("formats-two", "Anh/chị chọn một dạng: --json, --xlsx TỆP hoặc --docx TỆP.")
    if xlsx is not None:
        from documents.compilation.workbook import write_workbook

        _save(xlsx, wanted, write_workbook)
        return
    if docx is not None:
        _draft(docx, wanted)
        return
    found = run_to_end(_compile(wanted, is_export=False))
    typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2) if with_json else as_text(found))


def _save(file: Path, wanted: DutyWanted, write: Callable[[Compilation], bytes]) -> None:
    _refuse_missing_folder(file)
    found = run_to_end(_compile(wanted, is_export=True))
    _write(file, write(found), found)


def _draft(file: Path, wanted: DutyWanted) -> None:
    # The libraries for Word files take a second to import.
    from documents.official_papers.drafts import write_draft

    _refuse_missing_folder(file)
    paper, template = run_to_end(_compiled_paper(wanted))
    _write(file, write_draft(paper, template), paper.compiled)


def _refuse_missing_folder(file: Path) -> None:
    if not file.parent.is_dir():
        raise Refusal("folder-missing", f"{file}: không có thư mục này.")


def _write(file: Path, content: bytes, found: Compilation) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal("file-unwritable", f"{file}: không ghi được ({error.strerror}).") from error
    typer.echo(f"Đã ghi {found.title}, đã nộp {found.handed_in}/{found.owed}, vào {file}.")


async def _compiled_paper(wanted: DutyWanted) -> tuple[CompiledPaper, bytes | None]:
    """Return the draft and the template that the office has set for it, if any."""
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        paper = await draft_compiled(ctx, await find_duty(ctx, wanted))
        kind, authority_id = paper.frame.kind, paper.frame.authority_id
        return paper, await template_for(ctx, authority_id, kind, files=app.files)


async def _compile(wanted: DutyWanted, *, is_export: bool) -> Compilation:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        duty_id = await find_duty(ctx, wanted)
        return await (export_compilation if is_export else compile_duty)(ctx, duty_id)
