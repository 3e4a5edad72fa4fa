"""The legal texts in force that receipts and messages cite."""

from dataclasses import dataclass
from datetime import date

from domain.plans.deadlines import DutyKind
from domain.plans.legal_basis import LegalMatter, in_force, is_whole
from models.duties.duties import Duty
from plans.legal_texts import legal_texts
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class BasisView:
    """The legal texts under which a dossier was received."""

    names: tuple[str, ...]
    to_check: bool
    """Whether no law, or no decree under it, was known for that day, so that a person has to check."""


async def basis_of(ctx: Context, duty: Duty, *, day: date) -> str | None:
    """Return the codes, separated by spaces, of the texts in force that day, or None if the duty is no dossier."""
    if duty.kind is not DutyKind.DOSSIER:
        return None
    unit = await ctx.uow.units.get(duty.unit_id)
    return " ".join(text.code for text in in_force(legal_texts(), day=day, matter=LegalMatter.AWARDS, unit=unit.kind))


def view_basis(codes: str | None) -> BasisView | None:
    """Return the texts of stored codes; a code that is not known any more stands for its name."""
    if codes is None:
        return None
    known = {text.code: text for text in legal_texts()}
    stamped = codes.split()
    return BasisView(
        names=tuple(known[code].name if code in known else code for code in stamped),
        to_check=not is_whole(known[code] for code in stamped if code in known),
    )


def cited(matter: LegalMatter, *, day: date) -> str:
    """Return the names of the texts in force that day: «Luật Lưu trữ 2024»."""
    return ", ".join(text.name for text in in_force(legal_texts(), day=day, matter=matter))
