"""A paper marked secret, from the phone: refused, nowhere kept, and gone from the chat."""

import base64
from pathlib import Path

from tests.support import files
from tests.support.stage import Phone, Stage
from tests.support.steps.dossiers import DECEMBER, ward_dossier

REFUSAL = (
    "Giấy tờ có dấu «MẬT» không gửi qua chat và bot không giữ lại gì: "
    "anh/chị nộp bản giấy tại văn thư cơ quan thường trực."
)


async def names_in_chat(officer: Phone) -> list[str]:
    return [it["document"]["file_name"] for it in await officer.messages() if it.get("document") and not it["deleted"]]


async def test_secret_paper_is_refused_and_nowhere_kept(stage: Stage, tmp_path: Path) -> None:
    stage.wind(DECEMBER)
    await stage.open_duties()
    officer = await ward_dossier(stage)
    body = {"as": officer.id, "file_name": "a.pdf", "content_base64": base64.b64encode(files.pdf(1)).decode()}

    marked = await officer.upload("to trinh.docx", files.docx(files.paragraph("MẬT")))
    named = await officer.upload("Tờ trình MẬT.pdf", files.pdf(1))
    await stage.post(f"/sandbox/chats/{officer.id}/upload", **body, caption="Bản mật", kind="document")
    await stage.settle()
    captioned = await officer.screen()

    assert [screen.split("\n\n")[0] for screen in (marked, named, captioned)] == [REFUSAL] * 3
    assert marked.endswith("Gửi tệp PDF, Word, Excel hoặc ảnh cho: Tờ trình")
    assert await names_in_chat(officer) == []
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
