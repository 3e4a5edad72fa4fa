"""The command line `thidua`: every command with its help; its module is imported when it is called."""

from typing import Any

import typer
from typer.core import TyperGroup

from cli.lazy import LazyCommand

COMMANDS = (
    LazyCommand(
        "demo",
        "cli.play:demo",
        "Sân tập: bot, bộ nhắc hạn và tổ chức mẫu trên một trang web; không cần token, không cần mạng.",
    ),
    LazyCommand(
        "sandbox",
        "cli.play:sandbox",
        "Riêng máy chủ Bot API của sân tập và trang web của nó, cho mọi chương trình khách.",
    ),
    LazyCommand(
        "invite",
        "cli.invite:invite",
        "Lời mời dùng một lần: in đường dẫn và mã QR, lưu ảnh QR; --all --docx: giấy mời cho mọi nơi chưa có ai vào.",
    ),
    LazyCommand(
        "deadlines",
        "cli.deadlines:deadlines",
        "Mọi hạn trong một năm của các kế hoạch đi kèm, hoặc đã nạp: kỳ nào, ai làm; rồi những việc không ghi ngày.",
    ),
    LazyCommand(
        "retention",
        "cli.installation.retention:retention",
        "Thời hạn lưu từng loại dữ liệu, số đến hạn hôm nay; xóa những gì đến hạn (bộ nhắc hạn cũng tự làm mỗi ngày).",
    ),
    LazyCommand(
        "backup",
        "cli.installation.backup:backup",
        "Sao lưu cơ sở dữ liệu và các tệp vào một tệp .zip; bot vẫn chạy bình thường.",
    ),
    LazyCommand(
        "restore",
        "cli.installation.backup:restore",
        "Khôi phục từ bản sao lưu; bot phải dừng. Kiểm tra đủ từng phần trước khi ghi.",
    ),
    LazyCommand(
        "doctor",
        "cli.installation.doctor:doctor",
        "Kiểm tra cài đặt, cơ sở dữ liệu, tệp, đồng hồ, token, webhook, quyền trong nhóm; mỗi thứ một dòng ✔ hoặc ✖.",
    ),
    LazyCommand(
        "compile",
        "cli.compile:compile_figures",
        "Tổng hợp số liệu các đơn vị đã nộp cho một việc, lúc nào cũng được.",
    ),
    LazyCommand("ask", "cli.ask:ask", "Hỏi bot bằng lời, như người này hỏi."),
    LazyCommand("plans", "cli.plans.commands:plans", "Kế hoạch: kiểm tra, nạp."),
    LazyCommand("units", "cli.units:units", "Đơn vị, cụm, cán bộ: tệp mẫu, nhập từ Excel."),
    LazyCommand("past", "cli.past:past", "Số liệu kỳ trước: tệp mẫu, nhập từ Excel."),
    LazyCommand("figures", "cli.figures.commands:figures", "Số liệu trong tin nhắn và tệp."),
    LazyCommand("bench", "cli.bench:bench", "Thử sức: mô phỏng và đo."),
    LazyCommand("audit", "cli.audit:audit", "Sổ ghi vết và niêm phong: kiểm tra, xuất."),
    LazyCommand("papers", "cli.papers:papers", "Mẫu văn bản theo Nghị định 30/2020: xem, lấy ra sửa, đưa vào."),
    LazyCommand(
        "run",
        "cli.installation.processes:run",
        "Bot, bộ nhắc hạn và trang tải tệp lớn (nếu đặt THIDUA_WEB_URL) trong một tiến trình.",
    ),
    LazyCommand("bot", "cli.installation.processes:bot", "Riêng bot."),
    LazyCommand("scheduler", "cli.installation.processes:scheduler", "Riêng bộ nhắc hạn."),
    LazyCommand(
        "web",
        "cli.installation.processes:web",
        "Riêng trang tải tệp lớn; đặt THIDUA_WEB_URL là địa chỉ của trang.",
    ),
    LazyCommand("migrate", "cli.installation.migration:migrate", "Đưa cơ sở dữ liệu lên bản mới nhất."),
)


class CommandList(TyperGroup):
    """The group of all commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for command in COMMANDS:
            self.add_command(command)


app = typer.Typer(cls=CommandList, no_args_is_help=True, add_completion=False)


@app.callback()
def thidua() -> None:
    """Bot thi đua, khen thưởng."""
