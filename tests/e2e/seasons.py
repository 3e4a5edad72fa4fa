"""A real plan in a district made for it, over the sandbox's HTTP: of each kind one unit works and one never does."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.settings import Settings
from demo.wound_clock import PlayedClock
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Plan
from domain.roles import Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from plans.catalogue import parse_plan, shipped_plan
from tests.support.files import pdf
from tests.support.founded import open_new_app
from tests.support.stage import Phone, Product, Stage, StageGroup, on_stage
from usecases.organisation.founding import ClusterEntry, UnitEntry, found_organisation
from usecases.plans.loading import load_plan

DISTRICT = "quan"
KINDS = {
    UnitKind.COMMUNE: "Phường",
    UnitKind.DEPARTMENT: "Phòng",
    UnitKind.SCHOOL: "Trường",
    UnitKind.PUBLIC_SERVICE: "Trung tâm",
    UnitKind.MASS_ORGANISATION: "Hội",
    UnitKind.ENTERPRISE: "Hợp tác xã",
}
LONGEST_DIALOG = 60
OWED = "⏳⛔"
NAMED = re.compile(f"[{OWED}] ([^:]+?)[:.]")


@dataclass
class PlayedSeason:
    stage: Stage
    plan: Plan
    working: dict[UnitKind, Phone] = field(default_factory=dict)
    silent: dict[UnitKind, Phone] = field(default_factory=dict)
    groups: list[StageGroup] = field(default_factory=list)

    async def wind(self, to: date) -> None:
        """Wind to nine o'clock of this day."""
        await self.stage.post("/sandbox/clock", now=datetime.combine(to, time(9), VIETNAM).isoformat())
        await self.stage.settle()

    async def everybody_works(self) -> None:
        """Submit everything that the working units owe now."""
        for phone in self.working.values():
            await phone.send("/viec")
            for label in [label for label in await phone.buttons() if label[0] in OWED]:
                receipt = await hand_in(phone, label[2:])
                assert "trễ hạn" not in receipt

    async def reminded(self, phone: Phone) -> dict[str, str]:
        """Return {title: days on which reminders named the duty}."""
        days: dict[str, list[str]] = {}
        for message in await phone.messages():
            text = message["text"] or ""
            if message["from"]["is_bot"] and text.startswith("Nhắc hạn"):
                hour = datetime.fromisoformat(message["date"]).astimezone(VIETNAM)
                for title in NAMED.findall(text):
                    days.setdefault(title, []).append(f"{hour.day}/{hour.month}")
        return {title: " ".join(found) for title, found in days.items()}


@asynccontextmanager
async def season(folder: Path, code: str, *, begins: date) -> AsyncIterator[PlayedSeason]:
    plan = parse_plan(shipped_plan(code), file=code)
    kinds = _kinds(plan)
    clock = PlayedClock(folder / "clock")
    clock.set(datetime.combine(begins, time(8), VIETNAM))
    async with open_new_app(Settings(data=folder), clock) as app:
        product = Product(app, clock)
        await _found(product, code, kinds, since=begins - timedelta(days=365))
        async with on_stage(product) as stage:
            clock.service = stage.service
            found = PlayedSeason(stage, plan)
            await _gather(found, kinds)
            await found.wind(begins)
            yield found
            clock.stop()


def _kinds(plan: Plan) -> list[UnitKind]:
    """Return one kind of each group of kinds that owe the same duties."""
    owed: dict[tuple[str, ...], UnitKind] = {}
    for kind in KINDS:
        codes = tuple(
            rule.code for rule in plan.deadlines if kind in rule.applies_to and rule.kind is not DutyKind.TASK
        )
        if codes:
            owed.setdefault(codes, kind)
    return list(owed.values())


async def _found(product: Product, code: str, kinds: Iterable[UnitKind], *, since: date) -> None:
    units = [UnitEntry(DISTRICT, "UBND quận", UnitKind.AUTHORITY, None, office="Phòng Nội vụ")]
    units += [
        UnitEntry(_code(kind, number), _name(kind, number), kind, DISTRICT) for kind in kinds for number in (1, 2)
    ]
    clusters = [
        ClusterEntry(
            f"cum-{kind.lower()}",
            f"Cụm {KINDS[kind]}",
            ClusterKind.CLUSTER,
            DISTRICT,
            tuple((_code(kind, number), role) for number, role in ((1, ClusterRole.HEAD), (2, ClusterRole.MEMBER))),
        )
        for kind in kinds
    ]
    async with product.app.contexts.open() as ctx:
        await found_organisation(ctx, units=units, clusters=clusters, since=since)
    async with product.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shipped_plan(code), authority=DISTRICT, file=code)


def _code(kind: UnitKind, number: int) -> str:
    return f"{kind.lower().replace('_', '-')}-{number}"


def _name(kind: UnitKind, number: int) -> str:
    return f"{KINDS[kind]} số {number}"


async def _gather(season: PlayedSeason, kinds: Iterable[UnitKind]) -> None:
    for kind in kinds:
        head = await season.stage.phone(f"Cán bộ {_name(kind, 1)}", unit=_code(kind, 1))
        season.working[kind] = head
        season.silent[kind] = await season.stage.phone(f"Cán bộ {_name(kind, 2)}", unit=_code(kind, 2))
        group = await season.stage.group(f"Nhóm {KINDS[kind]}", head)
        await group.send(head, "/ganketcum")
        season.groups.append(group)


async def leader_of(season: PlayedSeason) -> Phone:
    return await season.stage.phone("Lãnh đạo quận", unit=DISTRICT, role=Role.LEADER)


async def hand_in(phone: Phone, title: str) -> str:
    """Answer whatever the duty's screens ask, and return the receipt."""
    await phone.send("/viec")
    screen = await phone.press(next(label for label in await phone.buttons() if title in label))
    for _ in range(LONGEST_DIALOG):
        if screen.startswith("✅ Đã nhận"):
            await phone.press("Xong")
            return screen
        screen = await _answer(phone, screen)
    raise AssertionError(f"«{title}» is not handed in: {screen}")


async def _answer(phone: Phone, screen: str) -> str:
    buttons = await phone.buttons()
    if "Tiếp ›" in buttons and not any(label.startswith("✅") for label in buttons):
        await phone.press(buttons[0])
    for label in buttons:
        if label in ANSWERS or label.startswith("Nộp "):
            return await phone.press(label)
    if "Gửi tệp" in screen:
        return await phone.upload("van_ban.pdf", pdf())
    if "Nhập " in screen:
        return await phone.send("5")
    return await phone.press(buttons[0])


ANSWERS = ("Không đề nghị khen thưởng", "Đúng, không đề nghị", "Tiếp ›")
