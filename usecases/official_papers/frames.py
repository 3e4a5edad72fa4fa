"""What all drafts have in common: issuer, addressee, legal bases and the plan that is carried out."""

from dataclasses import dataclass

from domain.official_papers import (
    UNKNOWN,
    Issuer,
    PaperKind,
    cite_laws,
    cite_plan,
    issuer_of,
    with_year,
    within_sentence,
)
from domain.plans.legal_basis import LegalMatter, in_force
from domain.plans.plans import Plan
from domain.units import UnitKind
from models.duties.duties import Duty
from models.organisation.units import Unit
from models.plans.in_force import plan_in_force
from plans.legal_texts import legal_texts
from usecases.context import Context
from usecases.official_papers.views import PaperFrame


@dataclass(frozen=True, slots=True)
class _Sender:
    issuer: Issuer
    addressee: str
    about: str
    kind: UnitKind | None = None
    """Kind of the unit that issues the paper, or None for an office."""


async def frame_of_office(ctx: Context, kind: PaperKind, duty: Duty, *, about: str = "") -> PaperFrame:
    """Return the frame of a paper by the standing body, addressed to its authority; minutes are the council's."""
    authority = await ctx.uow.units.get(duty.authority_id)
    addressee = authority.name if authority.office else UNKNOWN
    issuer = _issuer_of_office(authority)
    if kind is PaperKind.MINUTES:
        council = council_of(await plan_in_force(ctx.uow, duty.plan_code))
        issuer = Issuer(authority.name.upper(), council.upper().replace("HỘI ĐỒNG ", "HỘI ĐỒNG\n", 1))
    return await _frame(ctx, kind, duty, _Sender(issuer, addressee, about))


def _issuer_of_office(authority: Unit) -> Issuer:
    if authority.office:
        return Issuer(authority.name.upper(), authority.office.upper())
    return issuer_of(authority.name, authority.kind, authority="")


async def frame_of_unit(ctx: Context, kind: PaperKind, duty: Duty) -> PaperFrame:
    """Return the frame of a paper by the unit that owes the duty, addressed to its authority through the office."""
    authority, unit = await ctx.uow.units.get(duty.authority_id), await ctx.uow.units.get(duty.unit_id)
    issuer = issuer_of(unit.name, unit.kind, authority=authority.name)
    addressee = f"{authority.name} (qua {authority.office})" if authority.office else authority.name
    return await _frame(ctx, kind, duty, _Sender(issuer, addressee, unit.name, unit.kind))


async def _frame(ctx: Context, kind: PaperKind, duty: Duty, sender: _Sender) -> PaperFrame:
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    laws = in_force(legal_texts(), day=ctx.today, matter=LegalMatter.AWARDS, unit=sender.kind)
    return PaperFrame(
        kind=kind,
        authority_id=duty.authority_id,
        issuer=sender.issuer,
        addressee=sender.addressee,
        task=within_sentence(duty.name if duty.term else with_year(duty.title, duty.year)),
        year=duty.year,
        plan=cite_plan(plan),
        bases=(*cite_laws(laws), cite_plan(plan)),
        at=ctx.local(ctx.now),
        about=sender.about,
    )


def office_of(authority: Unit, plan: Plan) -> str:
    """Return the name of the standing body: the one entered, else the plan's, else the authority's own."""
    return authority.office or (plan.standing_body.name if plan.standing_body else authority.name)


def council_of(plan: Plan) -> str:
    return plan.standing_body.council if plan.standing_body else "Hội đồng Thi đua - Khen thưởng"
