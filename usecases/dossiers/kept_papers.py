"""Photos of the signed paper, kept with a report or a pledge; no figure is read from them, and none is asked for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from domain.dossiers.paper_checks import Finding
from domain.dossiers.secrecy import refuse_marked_words
from domain.errors import Refusal, Way
from domain.plans.deadlines import WITH_FIGURES
from domain.roles import Right
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Submission
from uploads.paper_checks import CheckedPaper, check_paper_bounded, readable_everywhere_bounded
from uploads.validation import ValidatedUpload
from usecases.context import Context, command, query
from usecases.dossiers.attachments import StoredAttachment, open_stored
from usecases.dossiers.stored_papers import add_paper, adopt_key, register_key, remove_paper
from usecases.duties.requirements import requires_document
from usecases.duties.views import duty_for, duty_for_update
from usecases.ports import FileStore, SentFile
from usecases.submissions.drafts import drafts_for, touch
from usecases.submissions.required_papers import KEPT, KEPT_NAME

MOST_KEPT = 20
"""Most photos of one report; more pages are better sent as one file."""


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper that is kept with a report or a pledge."""

    key: str
    name: str
    """«Bản giấy kèm theo 2»."""
    file_name: str
    findings: tuple[Finding, ...] = ()
    """What the checks of the photo found."""


@query
async def kept_papers(ctx: Context, duty_id: int) -> tuple[KeptPaper, ...]:
    """Return the papers kept with a report or a pledge. Raises Refusal if the actor may not see the unit."""
    duty = await duty_for(ctx, duty_id, right=Right.SEE_UNIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    return await papers_of(ctx, draft) if draft else ()


async def papers_of(ctx: Context, draft: Submission) -> tuple[KeptPaper, ...]:
    """Return the papers kept with the submission. The caller has checked that the actor may see it."""
    papers = [paper for paper in await ctx.uow.dossiers.papers(draft.id) if _is_kept(paper)]
    return tuple(_view(paper) for paper in papers)


async def keep_paper(
    ctx: Context, duty_id: int, *, file: SentFile, words: tuple[str, ...] = (), files: FileStore
) -> tuple[KeptPaper, ...]:
    """Check a photo and keep it with the draft; return all that are kept.

    `words` are its caption. Raises SecretMark if they say that it is secret, Refusal if it is not valid or kept
    already, or if the report has been handed in.
    """
    refuse_marked_words(*words)
    # The file is validated and saved outside transactions, so that a slow file blocks nobody.
    paper = await asyncio.to_thread(check_paper_bounded, file.name, file.content)
    paper, content = await asyncio.to_thread(readable_everywhere_bounded, paper, file.content)
    key = await _note_file(ctx, duty_id, paper.upload)
    await files.save(key, content)
    return await _put(ctx, duty_id, paper, key=key)


@command
async def _note_file(ctx: Context, duty_id: int, upload: ValidatedUpload) -> str:
    duty, draft, _papers = await _fillable(ctx, duty_id, upload)
    key = await register_key(ctx, duty, draft, upload.sha256)
    await ctx.uow.commit()
    return key


@command
async def _put(ctx: Context, duty_id: int, checked: CheckedPaper, *, key: str) -> tuple[KeptPaper, ...]:
    duty, draft, papers = await _fillable(ctx, duty_id, checked.upload)
    await adopt_key(ctx, key)

    last = max((int(paper.requirement.rpartition("#")[2]) for paper in papers), default=0)
    paper = await add_paper(ctx, duty, draft, checked, requirement=f"{KEPT}#{last + 1}", name=KEPT_NAME, key=key)
    touch(ctx, draft)
    await ctx.uow.commit()
    return tuple(map(_view, (*papers, paper)))


async def _fillable(
    ctx: Context, duty_id: int, upload: ValidatedUpload
) -> tuple[Duty, Submission, Sequence[Attachment]]:
    """Return the duty, its draft and what is kept with it, locked. Raises Refusal if the file may not be kept."""
    duty = await duty_for_update(ctx, duty_id, right=Right.SUBMIT)
    if duty.kind not in WITH_FIGURES or await requires_document(ctx, duty):
        raise Refusal("duty-without-figures", "Việc này không nộp bằng số liệu.", way=Way.RIGHT_DUTY)
    draft = (await drafts_for(ctx, duty))[0]
    papers = [paper for paper in await ctx.uow.dossiers.papers(draft.id) if _is_kept(paper)]
    if any(paper.sha256 == upload.sha256 for paper in papers):
        raise Refusal("file-twice", "Ảnh này đã kèm rồi, bot không lưu hai lần.")
    if len(papers) == MOST_KEPT:
        raise Refusal("papers-too-many", f"Mỗi báo cáo kèm nhiều nhất {MOST_KEPT} ảnh.")
    return duty, draft, papers


@command
async def drop_paper(ctx: Context, duty_id: int, *, key: str) -> None:
    """Remove a kept paper; its row stays and is marked as removed.

    Raises Refusal if it is not there any more, or the report has been handed in.
    """
    duty = await duty_for_update(ctx, duty_id, right=Right.SUBMIT)
    draft = (await drafts_for(ctx, duty))[0]
    paper = await _found(ctx, draft, key)

    remove_paper(ctx, duty, paper)
    touch(ctx, draft)
    await ctx.uow.commit()


@command
async def read_kept_paper(ctx: Context, duty_id: int, *, key: str, files: FileStore) -> StoredAttachment:
    """Return the paper, and record in the audit log that the actor opened it.

    Raises Refusal if the actor may not see the unit, or it is not there any more.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SEE_UNIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    if draft is None:
        raise _gone()
    return await stored_paper(ctx, duty, draft, key=key, files=files)


async def stored_paper(ctx: Context, duty: Duty, draft: Submission, *, key: str, files: FileStore) -> StoredAttachment:
    """Commit an audit entry that the paper was opened, then read and return it.

    The caller has checked that the actor may see it. Raises Refusal if it is not there any more.
    """
    paper = await _found(ctx, draft, key)
    return await open_stored(ctx, duty, paper, name=_view(paper).name, files=files)


async def _found(ctx: Context, draft: Submission, key: str) -> Attachment:
    papers = await ctx.uow.dossiers.papers(draft.id)
    found = next((paper for paper in papers if paper.requirement == key and _is_kept(paper)), None)
    if found is None:
        raise _gone()
    return found


def _gone() -> Refusal:
    return Refusal("paper-gone", "Ảnh này không còn kèm theo nữa.")


def _is_kept(paper: Attachment) -> bool:
    return paper.requirement.startswith(f"{KEPT}#")


def _view(paper: Attachment) -> KeptPaper:
    findings = tuple(map(Finding.of, paper.findings or ()))
    return KeptPaper(
        paper.requirement, f"{KEPT_NAME} {paper.requirement.rpartition('#')[2]}", paper.file_name, findings
    )
