"""Who may ask what: every use case is called as every kind of person, about the things of Phường 5."""

import ast
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dialogs
import handlers
import web
from bot.object_store import ObjectStore
from demo.sample import AUTHORITY, PLAN
from domain.announcements import Audience, AudienceKind
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.questions.readings import Intent, Named, QuestionReading
from domain.roles import Actor, Role
from domain.units import UnitKind
from models.unit_of_work import UnitOfWork
from plans.catalogue import shipped_plan
from tests.support import files
from tests.support.rights.access import ACCESS, MACHINE, Asker
from tests.support.rights.calls import UseCase, arguments, every_use_case
from tests.support.stage import Product, opened_product
from tests.support.steps.dossiers import DECEMBER, begin, look, put
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from usecases.announcements.drafts import AnnouncementDraft
from usecases.announcements.sending import send_announcement
from usecases.context import Context
from usecases.duties.assignments import hand_over
from usecases.extensions.requests import ask_extension
from usecases.groups.binding import bind_cluster
from usecases.organisation.founding import UnitEntry, found_organisation
from usecases.people.leaves import take_leave
from usecases.people.office_contacts import add_contact
from usecases.people.staff import revoke_access
from usecases.personal_data.requests import ask_deletion
from usecases.ports import SentFile
from usecases.reviews.returns import ask_reviewer, send_back
from usecases.reviews.sheet import read_sheet
from usecases.submissions.hard_copies import claim_hard_copy
from usecases.submissions.past_reports.sheets import PastKey
from usecases.upload_links.links import fingerprint_of, issue_link

CHATS = {
    Asker.STRANGER: 999,
    Asker.FORMER: 520,
    Asker.OTHER_AUTHORITY: 800,
    Asker.OTHER_HEAD: 300,
    Asker.CLUSTER_HEAD: 100,
    Asker.OFFICER: 500,
    Asker.UNIT_HEAD: 510,
    Asker.LEADER: 910,
    Asker.STANDING_BODY: 900,
}
COLLEAGUE, GROUP = 501, -100

WANT_OF_RIGHT = frozenset(
    {
        "announcement-hidden",
        "audience-hidden",
        "batch-of-another",
        "cluster-head-only",
        "cluster-headed-by-another",
        "cluster-of-others",
        "duty-of-another-unit",
        "leaders-only",
        "leaves-hidden",
        "member-not-arranged",
        "not-joined",
        "plan-of-another-authority",
        "question-hidden",
        "receipt-unknown",
        "request-of-another",
        "request-of-another-authority",
        "review-of-another",
        "reviewers-only",
        "sender-unknown",
        "standing-body-only",
        "status-hidden",
        "topmost-standing-body-only",
    }
)
"""Refusals that say that somebody may not, or that there is nothing for them; every other is about what was asked."""


class _Unkept(UnitOfWork):
    """A unit of work whose commit writes all rows, but keeps none."""

    async def commit(self) -> None:
        await self.audit_log.chain_pending()
        await self.flush()


@dataclass(frozen=True, slots=True)
class Town:
    """Phường 5 with one of everything; nothing that is done there lasts."""

    product: Product
    askers: Mapping[Asker, Actor]
    things: Mapping[str, Mapping[str, Any]]
    """{beginning of a use case's name: {parameter: value}}, later ones go first."""

    @asynccontextmanager
    async def asked_by(self, asker: Asker) -> AsyncIterator[Context]:
        contexts = self.product.app.contexts
        async with contexts.open(self.askers[asker], uow=_Unkept(contexts.engine)) as ctx:
            yield ctx
            await ctx.uow.rollback()

    async def may(self, asker: Asker, name: str, use_case: UseCase) -> bool:
        """Whether the use case lets this person in; it may still refuse what they ask for."""
        known = {
            key: value for start, some in self.things.items() if name.startswith(start) for key, value in some.items()
        }
        async with self.asked_by(asker) as ctx:
            args, kwargs = arguments(use_case, {**known, "ctx": ctx})
            try:
                await use_case(ctx, *args, **kwargs)
            except Refusal as refusal:
                return refusal.code not in WANT_OF_RIGHT
        return True


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened_product(tmp_path, at=DECEMBER) as product:
        await _people(product)
        things = await _things(product)
        askers = {}
        for asker, chat_id in CHATS.items():
            async with acting(product, chat_id) as ctx:
                askers[asker] = ctx.actor
        yield Town(product, askers, things)


async def _people(product: Product) -> None:
    other = UnitEntry("tinh-khac", "UBND tỉnh Khác", UnitKind.AUTHORITY, None)
    async with product.app.contexts.open() as ctx:
        await found_organisation(ctx, units=[other], clusters=[], since=date(2025, 7, 1))
    for asker, unit, role in (
        (Asker.FORMER, "phuong-5", Role.OFFICER),
        (Asker.OTHER_AUTHORITY, "tinh-khac", Role.STANDING_BODY),
        (Asker.OTHER_HEAD, "phuong-3", Role.OFFICER),
        (Asker.CLUSTER_HEAD, "phuong-1", Role.OFFICER),
        (Asker.OFFICER, "phuong-5", Role.OFFICER),
        (Asker.UNIT_HEAD, "phuong-5", Role.UNIT_HEAD),
        (Asker.LEADER, AUTHORITY, Role.LEADER),
        (Asker.STANDING_BODY, AUTHORITY, Role.STANDING_BODY),
    ):
        await officer(product, unit, chat_id=CHATS[asker], role=role)
    await officer(product, "phuong-5", chat_id=COLLEAGUE)
    await officer(product, AUTHORITY, chat_id=901, role=Role.STANDING_BODY)
    async with acting(product, CHATS[Asker.FORMER]) as ctx:
        former = ctx.actor.person_id or 0
    async with acting(product, CHATS[Asker.STANDING_BODY]) as ctx:
        await revoke_access(ctx, former)


async def _things(product: Product) -> dict[str, dict[str, Any]]:
    """Enter one of everything, and return what every use case is to be asked about."""
    unit, clerk = CHATS[Asker.OFFICER], CHATS[Asker.STANDING_BODY]
    owed = {kind: (await duty(product, unit, kind)).id for kind in DutyKind if kind is not DutyKind.TASK}
    receipt = await hand_in_report(product, unit)
    async with acting(product, COLLEAGUE) as ctx:
        colleague = ctx.actor.person_id or 0
        await claim_hard_copy(ctx, owed[DutyKind.PLAN])
        request = await ask_deletion(ctx)
    async with acting(product, clerk) as ctx:
        sheet = await read_sheet(ctx, receipt.submission_id)
        back = await send_back(
            ctx, receipt.submission_id, seen=sheet.revision, reasons={"thu-ngan-sach": "Có lẽ nhầm đơn vị"}
        )
        contact = await add_contact(ctx, name="Phòng Thi đua", phone="0900000000", hours="giờ hành chính")
        root = ctx.actor.posts[0].unit_id
        draft = AnnouncementDraft("Nộp báo cáo năm", Audience(AudienceKind.ALL, root))
        announcement = await send_announcement(ctx, draft)
    async with acting(product, unit) as ctx:
        person, post = ctx.actor.person_id or 0, ctx.actor.posts[0]
        question = await ask_reviewer(ctx, back.id, text="Hỏi lại cơ quan thường trực")
        extension = await ask_extension(ctx, owed[DutyKind.REPORT] + 1, reason="Chờ số liệu", wanted=date(2026, 12, 25))
        leave = await take_leave(ctx, first=date(2026, 12, 10), last=date(2026, 12, 12), deputy=colleague)
        await hand_over(ctx, owed[DutyKind.PLEDGE], to=colleague)
    dossier = await begin(product, unit)
    paper = (await look(product, unit, dossier)).missing[0].key
    await put(product, unit, dossier, paper, files.pdf(1))
    async with acting(product, unit) as ctx:
        link = await issue_link(ctx, dossier, requirement=paper)
    async with acting(product, CHATS[Asker.CLUSTER_HEAD]) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=GROUP, name="Cụm 1")
    return {
        "": {
            "announcement_id": announcement.id,
            "authority": AUTHORITY,
            "channel": "telegram",
            "chat_id": GROUP,
            "claim_id": 1,
            "cluster_id": 1,
            "code": receipt.code,
            "codes": ("phuong-5", "phuong-6"),
            "contact_id": contact.id,
            "date": date(2026, 12, 20),
            "datetime": product.clock.now(),
            "draft": draft,
            "duty_id": owed[DutyKind.REPORT],
            "duty_ids": (owed[DutyKind.REPORT],),
            "file": SentFile("a.pdf", files.pdf(1)),
            "files": ObjectStore(product.app.settings.shelf),
            "fingerprint": fingerprint_of(link.token),
            "indicator": "thu-ngan-sach",
            "key": PastKey(PLAN, "bao-cao-6-thang", 2025),
            "leave_id": leave.id,
            "person_id": person,
            "plan": PLAN,
            "question_id": question.id,
            "reading": QuestionReading(intent=Intent.STATUS, cluster=Named("1", "Cụm 1")),
            "receipt": receipt,
            "request_id": request.id,
            "requirement": paper,
            "return_id": back.id,
            "seen": 1,
            "submission_id": receipt.submission_id,
            "submission_ids": (receipt.submission_id,),
            "text": "12",
            "texts": ("Thu ngân sách: 12",),
            "unit": "phuong-5",
            "unit_id": post.unit_id,
            "units": (post.unit_id,),
            "names": ("Phường Năm",),
        },
        "dossiers.": {"submission_id": dossier, "duty_id": owed[DutyKind.DOSSIER]},
        "extensions.": {"duty_id": owed[DutyKind.REPORT] + 1, "request_id": extension.id},
        "organisation.": {"code": "phuong-5", "units": ()},
        "organisation.successions.planning": {"units": (post.unit_id,)},
        "people.": {"code": await product.invite(unit="phuong-5")},
        "plans.": {"code": PLAN, "file": "mau.yaml"},
        "plans.loading": {"text": shipped_plan(PLAN)},
        "plan_texts.": {"file": "mau.docx"},
        "reviews.acceptance.approve_unmarked": {"seen": {receipt.submission_id: 1}},
        "submissions.replaced_figures": {"old": "12"},
        "questions.": {"key": "1"},
        "official_papers.of_clusters": {"duty_id": owed[DutyKind.PLEDGE]},
        "upload_links.": {"submission_id": dossier},
    }


async def test_every_use_case_lets_in_whom_the_table_names_and_nobody_else(town: Town) -> None:
    named = {name: access.who for access in ACCESS for name in access}

    let_in = {
        name: frozenset([asker for asker in Asker if await town.may(asker, name, use_case)])
        for name, use_case in every_use_case()
        if name not in MACHINE
    }

    assert {**dict.fromkeys(MACHINE, MACHINE.who), **let_in} == named


def test_what_is_left_to_the_clock_and_the_outbox_is_named_on_no_screen() -> None:
    asked_there = {
        alias.name
        for room in (dialogs, handlers, web)
        for file in Path(room.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("usecases.")
        for alias in node.names
        if f"{node.module}.{alias.name}".removeprefix("usecases.") in MACHINE
    }

    assert not asked_there
