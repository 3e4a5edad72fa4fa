"""Dossiers without a phone: begun, filled and submitted."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Chat, Message, Update, User

from demo.sample import PLAN
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from plans.catalogue import shipped_plan
from tests.support import files
from tests.support.stage import Phone, Product, Stage, staged
from tests.support.steps.filling import acting, duty
from usecases.dossiers.attachments import AttachmentPlace, add_attachment
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.dossiers import Proposal, open_paper, read_dossier, start_dossier, submit_dossier
from usecases.ports import SentFile
from usecases.submissions.receipts import ReceiptView

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM)
"""Hour at which dossiers are open; they are due on the 19th."""


async def begin(stage: Product, chat_id: int, *, nominees: str = "Phường 5", award: str = "giay-khen") -> int:
    """Begin a dossier that lacks three documents, and return its id."""
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await start_dossier(ctx, found.id, Proposal(award, SubjectKind.COLLECTIVE, nominees))


async def begin_plan(stage: Product, chat_id: int) -> int:
    """Begin a duty that is one document, and return its id."""
    found = await duty(stage, chat_id, DutyKind.PLAN)
    async with acting(stage, chat_id) as ctx:
        return await open_paper(ctx, found.id)


async def put(
    stage: Product, chat_id: int, dossier: int, requirement: str, content: bytes, *, replacing: int | None = None
) -> DossierView:
    async with acting(stage, chat_id) as ctx:
        place, file = AttachmentPlace(requirement, replacing), SentFile(f"{requirement}.pdf", content)
        return await add_attachment(ctx, dossier, place=place, file=file, files=stage.app.files)


async def look(stage: Product, chat_id: int, dossier: int) -> DossierView:
    async with acting(stage, chat_id) as ctx:
        return await read_dossier(ctx, dossier)


async def fill(stage: Product, chat_id: int, dossier: int) -> DossierView:
    """Add a different file for each missing requirement."""
    for pages, requirement in enumerate((await look(stage, chat_id, dossier)).missing, start=1):
        await put(stage, chat_id, dossier, requirement.key, files.pdf(pages))
    return await look(stage, chat_id, dossier)


async def submit(stage: Product, chat_id: int, dossier: int) -> ReceiptView:
    seen = (await fill(stage, chat_id, dossier)).draft.revision
    async with acting(stage, chat_id) as ctx:
        return await submit_dossier(ctx, dossier, seen=seen)


CRITERIA = """\
    criteria:
      - subjects: [COLLECTIVE]
        all_of: []
        any_of:
          - {text: Giải ngân từ 95% trở lên, indicator: giai-ngan, comparator: ">=", target: 95, source: L71}
"""
SAYINGS = """
lead_proposers:
  - {code: thue, body: Chi cục Thuế, matters: [thu ngân sách], source: L93}
rules:
  - {code: dau, kind: R-HEAD, wording: phải xem xét đến thành tích của tập thể, source: L85}
  - {code: thay, kind: R-FALLBACK, wording: đề xuất hình thức Thư khen, awards: [bang-khen, thu-khen], source: L103}
"""
ROUTINE = "  - {code: tx, kind: R-ROUTINE, wording: Không đề xuất nhiệm vụ thường xuyên, source: L87}\n"
TEXT = shipped_plan(PLAN).replace("    pieces:\n", CRITERIA + "    pieces:\n", 1) + SAYINGS


_OWN_DAY = """deadlines:
  - code: ho-so-giay-khen
    kind: DOSSIER
    title: Hồ sơ Giấy khen
    applies_to: [COMMUNE]
    wording: trước ngày 10/12
    boundary: EXCLUSIVE
    recurrence: YEARLY
    opens: 1/11
    due: 10/12
    awards: [giay-khen]
    source: mục IV
"""
_CONDITIONS = """\
    posting: {days: 10, text: niêm yết công khai 10 ngày, source: L1}
    shares:
      - {code: so, text: không quá 30 %, comparator: "<=", percent: 30, whole: người lao động, source: L1,
         subjects: [INDIVIDUAL, HOUSEHOLD]}
"""
_WITH_OWN_DAY = shipped_plan(PLAN).replace("deadlines:\n", _OWN_DAY, 1)
_FIRST = _WITH_OWN_DAY.index("- code: bang-khen")
_AWARDS = _WITH_OWN_DAY[_FIRST:].replace("    pieces:\n", f"{_CONDITIONS}    pieces:\n", 1)
WITH_CONDITIONS = (_WITH_OWN_DAY[:_FIRST] + _AWARDS).replace(
    "subjects: [COLLECTIVE, INDIVIDUAL, HEAD", "subjects: [COLLECTIVE, INDIVIDUAL, HOUSEHOLD, HEAD"
)
"""The sample plan with a day of its own for Giấy khen; Bằng khen asks for a share and a public posting."""

AWARD = "Bằng khen Chủ tịch UBND tỉnh"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Stage in December, when dossiers are due."""
    async with staged(tmp_path, at=DECEMBER) as stage:
        yield stage


async def ward_dossier(stage: Stage, name: str = "Cán bộ Phường 5") -> Phone:
    """Return the phone of an officer before a checklist of four."""
    officer = await stage.phone(name, unit="phuong-5")
    for label in ("Hồ sơ", AWARD, "Tập thể Phường 5"):
        await officer.press(label)
    return officer


async def strange(stage: Stage, phone: Phone, *, number: int = 900, **content: Any) -> str:
    """Send a message that the sandbox's page cannot write; return the screen that answers it."""
    chat, sender = Chat(id=phone.id, type="private"), User(id=phone.id, is_bot=False, first_name="Cán bộ")
    message = Message(message_id=number, date=stage.clock.now(), chat=chat, from_user=sender, **content)
    bot = stage.telegram_bot.bot
    await stage.telegram_bot.dispatcher.feed_update(bot, Update(update_id=number * 1000, message=message))
    # Until the answer is stored, another message under the same number would be taken for the same update.
    await stage.telegram_bot.inbox.store_conclusions()
    return await phone.screen()
