"""The texts in force, read once from the data that comes with the program, and how receipts cite them."""

from dataclasses import dataclass
from datetime import date

from domain.plans.deadlines import DutyKind
from domain.plans.legal_basis import LegalMatter, in_force, is_whole
from models.duties.duties import Duty
from plans.legal_texts import legal_texts
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class BasisView:
    """The texts under which something was received."""

    names: tuple[str, ...]
    to_check: bool
    """No law, or no decree under it, was known for that day."""


async def basis_of(ctx: Context, duty: Duty, *, day: date) -> str | None:
    """Codes of the texts under which a dossier of this duty is received that day; other duties have no such stamp."""
    if duty.kind is not DutyKind.DOSSIER:
        return None
    unit = await ctx.uow.units.get(duty.unit_id)
    return " ".join(text.code for text in in_force(legal_texts(), day=day, matter=LegalMatter.AWARDS, unit=unit.kind))


def view_basis(codes: str | None) -> BasisView | None:
    if codes is None:
        return None
    known = {text.code: text for text in legal_texts()}
    stamped = codes.split()
    return BasisView(
        names=tuple(known[code].name if code in known else code for code in stamped),
        to_check=not is_whole(known[code] for code in stamped if code in known),
    )


def cited(matter: LegalMatter, *, day: date) -> str:
    """«Luật Lưu trữ 2024», for a sentence."""
    return ", ".join(text.name for text in in_force(legal_texts(), day=day, matter=matter))
