"""Where the signed paper of a submission goes: by the award, else by the rule of its deadline."""

from domain.plans.awards import AwardForm
from domain.plans.deadlines import PaperOriginal
from domain.plans.plans import Plan


def original_of(plan: Plan, code: str, award: AwardForm | None) -> PaperOriginal | None:
    """Return the way of the paper for the duty of this code, or None if the plan says nothing."""
    rule = next((rule for rule in plan.deadlines if rule.code == code), None)
    general = rule.original if rule else None
    if award is None or not (award.original_to or award.copies):
        return general
    to = award.original_to or award.sent_through or (general.to if general else "")
    return PaperOriginal(to, award.copies or (general.copies if general else None))
