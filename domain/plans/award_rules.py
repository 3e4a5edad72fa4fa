"""Which awards the dossiers of a duty ask for, and where their signed papers go."""

from domain.plans.awards import AwardForm
from domain.plans.deadlines import PaperOriginal
from domain.plans.plans import Plan


def awards_of(plan: Plan, code: str) -> tuple[AwardForm, ...]:
    """Return the awards that the dossier rule of this code asks for.

    A rule that names none asks for those that no other rule of its kinds of unit names.
    """
    rule = next((rule for rule in plan.deadlines if rule.code == code), None)
    if rule is None:
        return plan.awards
    if rule.awards:
        return tuple(award for award in plan.awards if award.code in rule.awards)
    kinds = set(rule.applies_to)
    elsewhere = {name for other in plan.deadlines if kinds & set(other.applies_to) for name in other.awards}
    return tuple(award for award in plan.awards if award.code not in elsewhere)


def original_of(plan: Plan, code: str, award: AwardForm | None) -> PaperOriginal | None:
    """Return the way of the paper for the duty of this code, or None if the plan says nothing."""
    rule = next((rule for rule in plan.deadlines if rule.code == code), None)
    general = rule.original if rule else None
    if award is None or not (award.original_to or award.copies):
        return general
    to = award.original_to or award.sent_through or (general.to if general else "")
    return PaperOriginal(to, award.copies or (general.copies if general else None))
