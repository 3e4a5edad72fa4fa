"""`thidua papers`: templates of official papers, taken out to be edited in Word and put back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal
from domain.official_papers import PAPER_NAMES, PaperKind, read_paper_kind
from usecases.context import Context
from usecases.official_papers.templates import (
    NewTemplate,
    TemplateView,
    drop_template,
    list_templates,
    put_template,
    take_template,
)

papers = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Tên mẫu, ví dụ bao-cao-tong-hop; xem: thidua papers list")]
Authority = Annotated[str | None, typer.Option(help="Mã cơ quan; bỏ trống: cơ quan cao nhất.")]


@papers.command("list")
@exits_on_refusal
def list_all(
    name: Annotated[str | None, typer.Argument(help="Chỉ mẫu này.")] = None, authority: Authority = None
) -> None:
    """Các mẫu và những trường dùng được trong mẫu; trường có dấu * không được thiếu."""
    kinds = tuple(PaperKind) if name is None else (read_paper_kind(name),)
    own = {view.kind for view in run_to_end(_list(authority)) if view.is_own}
    for kind in kinds:
        typer.echo(f"{kind}: {PAPER_NAMES[kind]}{' · mẫu riêng của cơ quan' if kind in own else ''}")
        for line in _fields(kind):
            typer.echo(f"  {line}")


def _fields(kind: PaperKind) -> list[str]:
    # The libraries for Word files take a second to import.
    from documents.official_papers.fields import fields_of

    return [
        f"{field.name}{'*' if field.is_required else ''}: {field.meaning}"
        + (f" ({', '.join(field.columns)})" if field.columns else "")
        for field in fields_of(kind)
    ]


async def _list(authority: str | None) -> tuple[TemplateView, ...]:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        return await list_templates(ctx, authority=authority) if _has_offices(ctx, authority) else ()


def _has_offices(ctx: Context, authority: str | None) -> bool:
    """Whether an authority can have set templates: before the units are entered only the shipped ones exist."""
    return authority is not None or bool(ctx.actor.posts)


@papers.command()
@exits_on_refusal
def template(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Tệp .docx.")],
    authority: Authority = None,
    put: Annotated[bool, typer.Option("--put", help="Đưa tệp này vào làm mẫu của cơ quan; cần --authority.")] = False,
) -> None:
    """Ghi mẫu ra tệp .docx để sửa trong Word; thêm --put để kiểm tra rồi đưa tệp đã sửa vào."""
    kind = read_paper_kind(name)
    if put:
        _refuse_missing(authority)
        run_to_end(_put(_read(kind, file), authority))
        typer.echo(f"Đã nhận mẫu «{PAPER_NAMES[kind]}» từ {file}.")
    else:
        _write(file, run_to_end(_take(kind, authority)))
        typer.echo(f"Đã ghi mẫu «{PAPER_NAMES[kind]}» vào {file}.")


@papers.command()
@exits_on_refusal
def reset(name: Name, authority: Authority = None) -> None:
    """Bỏ mẫu riêng của cơ quan, dùng lại mẫu gốc; cần --authority."""
    kind = read_paper_kind(name)
    _refuse_missing(authority)
    run_to_end(_reset(kind, authority))
    typer.echo(f"Dùng lại mẫu gốc của «{PAPER_NAMES[kind]}».")


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise Refusal("file-exists", f"{file} đã có; ghi đè sẽ mất những gì đã sửa. Anh/chị chọn tên khác.")
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise Refusal("file-unwritable", f"{file}: không ghi được ({fault.strerror}).") from fault


def _refuse_missing(authority: str | None) -> None:
    if authority is None:
        raise Refusal("option-missing", "Anh/chị ghi thêm --authority và mã cơ quan.")


async def _take(kind: PaperKind, authority: str | None) -> bytes:
    from documents.official_papers.shipped import shipped_template

    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        own = None
        if _has_offices(ctx, authority):
            own = await take_template(ctx, kind, files=app.files, authority=authority)
    return own or shipped_template(kind)


def _read(kind: PaperKind, file: Path) -> NewTemplate:
    from documents.official_papers.checking import check_template

    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refusal("file-unreadable", f"{file}: không đọc được ({fault.strerror}).") from fault
    return check_template(kind, file.name, content)


async def _put(new: NewTemplate, authority: str | None) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        await put_template(ctx, new, files=app.files, authority=authority)


async def _reset(kind: PaperKind, authority: str | None) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        await drop_template(ctx, kind, authority=authority)
