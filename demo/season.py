"""Sample season before the demo begins: played through the use cases, each action at its own hour."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

from pypdf import PdfWriter

from bot.app import App
from bot.clocks import StoppedClock
from demo.sample import AUTHORITY, CLUSTERS, EARLY_REPORTS, LAST_YEAR, NO_PLEDGE_YET, PLAN, UNITS, vary
from domain.roles import GUEST, Actor
from domain.submissions.pledges import ChoiceKind
from models.plans.in_force import plan_in_force
from plans.catalogue import shipped_plan
from usecases.context import Context
from usecases.dossiers.attachments import AttachmentPlace, add_attachment
from usecases.dossiers.dossiers import open_paper, read_dossier, submit_dossier
from usecases.duties.opening import open_duties
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.organisation.founding import caretaker, enroll_officer, found_organisation
from usecases.plans.loading import load_plan
from usecases.ports import SentFile
from usecases.reviews.acceptance import approve
from usecases.reviews.queue import list_queue
from usecases.submissions.past_reports.entering import PastReport, enter_past_report
from usecases.submissions.pledges import pledge_value, read_pledge, submit_pledge, toggle_choice
from usecases.submissions.reports import enter_value, read_report, submit_report

FOUNDED = datetime(2025, 7, 1, 8)  # noqa: DTZ001 (hours on the wall; the app's zone is put to them)
OPENED = datetime(2026, 1, 5, 8)  # noqa: DTZ001
PLANNED = datetime(2026, 1, 20, 9)  # noqa: DTZ001
ACCEPTED = datetime(2026, 4, 2, 15)  # noqa: DTZ001
PLEDGED = datetime(2026, 3, 20, 9)  # noqa: DTZ001
REPORTED = datetime(2026, 4, 28, 10)  # noqa: DTZ001
OLD_OFFICER_LEFT = date(2026, 4, 30)
WORKING_UNITS = tuple(unit.code for unit in UNITS if unit.code != AUTHORITY)


class DemoSeason:
    """Season of the sample organisation, with the actor and hour of each action."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._officers: dict[str, Actor] = {}

    async def play(self, *, until: datetime) -> None:
        """Do everything that had happened by this hour."""
        await self._found()
        for hour, act in (
            (OPENED, self._open),
            (PLANNED, self._hand_in_plans),
            (PLEDGED, self._pledge),
            (ACCEPTED, self._accept),
            (REPORTED, self._report),
        ):
            if hour.replace(tzinfo=self._app.settings.zone) < until:
                await act()

    @asynccontextmanager
    async def _at(self, hour: datetime, actor: Actor = GUEST) -> AsyncIterator[Context]:
        clock = StoppedClock(hour.replace(tzinfo=self._app.settings.zone))
        async with replace(self._app.contexts, clock=clock).open(actor) as ctx:
            yield ctx

    async def _found(self) -> None:
        async with self._at(FOUNDED) as ctx:
            await found_organisation(ctx, units=UNITS, clusters=CLUSTERS, since=FOUNDED.date())
        async with self._at(FOUNDED) as ctx:
            office = await caretaker(ctx)
        async with self._at(FOUNDED, office) as ctx:
            await load_plan(ctx, shipped_plan(PLAN), authority=AUTHORITY, file=f"{PLAN}.yaml")
        names = {unit.code: unit.name for unit in UNITS}
        for number, code in enumerate(WORKING_UNITS):
            async with self._at(FOUNDED, office) as ctx:
                leaves = OLD_OFFICER_LEFT if code == NO_PLEDGE_YET else None
                officer = await enroll_officer(
                    ctx, unit=code, name=f"Cán bộ cũ {names[code]}", position="Chuyên viên", until=leaves
                )
            self._officers[code] = officer
            await self._enter_last_year(code, number, office, officer)

    async def _enter_last_year(self, unit: str, number: int, office: Actor, officer: Actor) -> None:
        entry = next(one for one in UNITS if one.code == unit)
        async with self._at(FOUNDED) as ctx:
            asked = (await plan_in_force(ctx.uow, PLAN)).indicators_of(entry.kind, entry.name)
        figures = {one.code: vary(LAST_YEAR[one.code], number) for one in asked}
        assert officer.person_id is not None  # noqa: S101 (enrolled a moment ago)
        async with self._at(FOUNDED, office) as ctx:
            past = PastReport(unit, PLAN, "bao-cao-6-thang", year=2025, figures=figures, by=officer.person_id)
            await enter_past_report(ctx, past)

    async def _open(self) -> None:
        async with self._at(OPENED) as ctx:
            await open_duties(ctx)

    async def _duty(self, unit: str, code: str, hour: datetime) -> DutyView:
        async with self._at(hour, self._officers[unit]) as ctx:
            return next(duty for duty in await list_duties(ctx) if duty.title.startswith(code))

    async def _hand_in_plans(self) -> None:
        for unit in WORKING_UNITS:
            duty = await self._duty(unit, "Kế hoạch", PLANNED)
            async with self._at(PLANNED, self._officers[unit]) as ctx:
                paper = await open_paper(ctx, duty.id)
                dossier = await read_dossier(ctx, paper)
                place = AttachmentPlace(dossier.requirements[0].key)
                file = SentFile(f"KH_{unit.upper()}_2026.pdf", _pdf())
                dossier = await add_attachment(ctx, paper, place=place, file=file, files=self._app.files)
                await submit_dossier(ctx, paper, seen=dossier.draft.revision)

    async def _pledge(self) -> None:
        for number, unit in enumerate(WORKING_UNITS):
            if unit == NO_PLEDGE_YET:
                continue
            duty = await self._duty(unit, "Giao ước", PLEDGED)
            async with self._at(PLEDGED, self._officers[unit]) as ctx:
                for line in (await read_pledge(ctx, duty.id)).lines:
                    value = vary(LAST_YEAR[line.indicator], number + 1)
                    await pledge_value(ctx, duty.id, indicator=line.indicator, value=value)
                await toggle_choice(ctx, duty.id, kind=ChoiceKind.CAMPAIGN, code="cai-cach-hanh-chinh")
                await toggle_choice(ctx, duty.id, kind=ChoiceKind.TITLE, code="tap-the-tien-tien")
                await submit_pledge(ctx, duty.id, seen=(await read_pledge(ctx, duty.id)).draft.revision)

    async def _accept(self) -> None:
        """Accept plans and pledges; reports are left for the person who tries the demo."""
        clerk = await self._clerk()
        async with self._at(ACCEPTED, clerk) as ctx:
            waiting = (await list_queue(ctx)).mine
        for row in waiting:
            async with self._at(ACCEPTED, clerk) as ctx:
                await approve(ctx, row.submission_id, seen=row.revision)

    async def _clerk(self) -> Actor:
        async with self._at(FOUNDED) as ctx:
            office = await caretaker(ctx)
        async with self._at(FOUNDED, office) as ctx:
            clerk = await enroll_officer(
                ctx,
                unit=AUTHORITY,
                name="Chuyên viên cũ Sở Nội vụ",
                position="Chuyên viên",
                until=OLD_OFFICER_LEFT,
            )
        return replace(clerk, posts=office.posts)

    async def _report(self) -> None:
        async with self._at(REPORTED) as ctx:
            await open_duties(ctx)
        for number, unit in enumerate(WORKING_UNITS):
            if unit not in EARLY_REPORTS:
                continue
            duty = await self._duty(unit, "Báo cáo 6 tháng", REPORTED)
            async with self._at(REPORTED, self._officers[unit]) as ctx:
                for line in (await read_report(ctx, duty.id)).lines:
                    value = vary(LAST_YEAR[line.indicator], number + 2)
                    reason = "Số liệu thực tế của kỳ này"
                    await enter_value(ctx, duty.id, indicator=line.indicator, value=value, reason=reason)
                await submit_report(ctx, duty.id, seen=(await read_report(ctx, duty.id)).draft.revision)


def _pdf() -> bytes:
    """Return a PDF of two blank pages."""
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(width=595, height=842)
    queued = io.BytesIO()
    writer.write(queued)
    return queued.getvalue()


async def play_season(app: App, *, until: datetime) -> None:
    """Enter the sample organisation and what its units had done by this hour; do nothing if it exists already."""
    async with app.contexts.open() as ctx:
        if (await caretaker(ctx)).is_guest:
            await DemoSeason(app).play(until=until)
