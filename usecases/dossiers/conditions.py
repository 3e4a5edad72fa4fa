"""Conditions of an award whose facts a dossier states itself: shares of a headcount, and its public posting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.dossiers.postings import refuse_posting
from domain.dossiers.shares import refuse_counts, shares_of
from domain.errors import Refusal
from domain.plans.award_rules import awards_of
from domain.plans.awards import AwardForm, Posting, Share
from domain.plans.plans import Plan
from models.duties.duties import Duty
from models.submissions.dossiers import Nomination
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class StatedShare:
    """A share, with the numbers that the dossier states."""

    share: Share
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class PostingView:
    """The public posting that the award asks for, and the days that the dossier states."""

    posting: Posting
    first: date | None
    last: date | None

    @property
    def is_stated(self) -> bool:
        return self.first is not None and self.last is not None


def stated_shares(award: AwardForm, nomination: Nomination) -> tuple[StatedShare, ...]:
    counts = counts_of(nomination)
    own = len(nomination.nominees.splitlines())
    return tuple(
        StatedShare(share, counts[share.code][0] if share.part else own, counts[share.code][1])
        for share in shares_of(award, nomination.subject)
        if share.code in counts
    )


def view_posting(award: AwardForm, nomination: Nomination) -> PostingView | None:
    return PostingView(award.posting, nomination.posted_from, nomination.posted_through) if award.posting else None


def counts_of(nomination: Nomination) -> dict[str, tuple[int, int]]:
    return {code: (part, whole) for code, (part, whole) in (nomination.counts or {}).items()}


def refuse_shares(award: AwardForm, nomination: Nomination, others: Mapping[int, Nomination]) -> None:
    """Raise Refusal if a share is not stated or not kept.

    Nominees of the unit's other dossiers of the same award and kind of subject count too: `others` are the nominations
    of all its dossiers for the duty.
    """
    alike = {
        name
        for row in (nomination, *others.values())
        if (row.award, row.subject) == (nomination.award, nomination.subject)
        for name in row.nominees.splitlines()
    }
    refuse_counts(award, nomination.subject, counts_of(nomination), nominees=len(alike))


def refuse_unposted(ctx: Context, award: AwardForm, nomination: Nomination) -> None:
    """Raise Refusal if the award asks for a public posting that is not stated, not over or too short."""
    if award.posting is None:
        return
    if nomination.posted_from is None or nomination.posted_through is None:
        raise Refusal("posting-missing", f"Kế hoạch: «{award.posting.text}». Anh/chị ghi ngày niêm yết rồi nộp hồ sơ.")
    refuse_posting(
        award.posting, nomination.posted_from, nomination.posted_through, today=ctx.today, calendar=ctx.calendar
    )


def refuse_award_elsewhere(plan: Plan, duty: Duty, award: AwardForm) -> None:
    """Raise Refusal if dossiers of the award belong to another duty of the plan, which has a day of its own."""
    if award.code in {own.code for own in awards_of(plan, duty.code)}:
        return
    other = next((rule.title for rule in plan.deadlines if award.code in rule.awards), "việc khác")
    raise Refusal("award-of-other-duty", f"Hồ sơ {award.name} nộp ở việc «{other}», có hạn riêng. Anh/chị mở việc ấy.")
