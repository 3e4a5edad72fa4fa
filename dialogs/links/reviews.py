"""Links to reviews, returns and everything else that waits for an answer."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.shared.screen import ctx_of
from dialogs.states import (
    DataRequestsSG,
    ExtensionAnswersSG,
    HardCopyClaimsSG,
    ReturnsSG,
    ReviewAnswersSG,
    ReviewQueueSG,
    ReviewsSG,
    WaitingSG,
)
from usecases.extensions.answers import list_open_extensions, read_undecided
from usecases.submissions.hard_copies import read_undecided_claim


async def open_extension_answers(manager: DialogManager) -> None:
    """Open the requests for more time that wait for the standing body. Raises Refusal for anybody else."""
    await list_open_extensions(ctx_of(manager))
    await open_state(manager, ExtensionAnswersSG.waiting)


async def open_extension_refusal(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question why a request for more time is refused. Raises Refusal if the request needs no answer."""
    await read_undecided(ctx_of(manager), request_id)
    await open_state(manager, ExtensionAnswersSG.refusal, show_mode=show_mode, extension_id=request_id)


async def open_hard_copy_denial(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question why a hard copy does not count. Raises Refusal if the claim needs no answer."""
    await read_undecided_claim(ctx_of(manager), claim_id)
    await open_state(manager, HardCopyClaimsSG.denial, show_mode=show_mode, claim_id=claim_id)


async def open_extension_answer(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open one request for more time."""
    await open_state(manager, ExtensionAnswersSG.card, show_mode=show_mode, extension_id=request_id)


async def open_waiting(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open everything that waits today for a reviewer or a standing body."""
    await open_state(manager, WaitingSG.list, show_mode=show_mode)


async def open_claim(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question to the standing body whether a hard copy has arrived."""
    await open_state(manager, HardCopyClaimsSG.card, show_mode=show_mode, claim_id=claim_id)


async def open_reviews(
    manager: DialogManager,
    *,
    task: str | None = None,
    cluster_id: int | None = None,
    show_mode: ShowMode | None = None,
) -> None:
    """Open the review queue, narrowed to one duty or one cluster if given."""
    await open_state(manager, ReviewQueueSG.queue, show_mode=show_mode, task=task, cluster_id=cluster_id)


async def open_review(
    manager: DialogManager,
    submission_id: int,
    *,
    task: str | None = None,
    cluster_id: int | None = None,
    show_mode: ShowMode | None = None,
) -> None:
    """Open one submission; `task` and `cluster_id` narrow the queue on the way back."""
    data = {"submission_id": submission_id, "task": task, "cluster_id": cluster_id}
    await open_state(manager, ReviewsSG.sheet, show_mode=show_mode, **data)


async def open_review_answer(manager: DialogManager, question_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open a reviewer's answer to a unit's question about a return."""
    await open_state(manager, ReviewAnswersSG.answer, show_mode=show_mode, question_id=question_id)


async def open_return_question(manager: DialogManager, return_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open a unit's question to the reviewer about a return."""
    await open_state(manager, ReturnsSG.ask, show_mode=show_mode, return_id=return_id)


async def open_correction(manager: DialogManager, submission_id: int) -> None:
    """Open a unit's request to change accepted figures."""
    await open_state(manager, ReturnsSG.lines, submission_id=submission_id)


async def open_data_requests(manager: DialogManager) -> None:
    await open_state(manager, DataRequestsSG.waiting)


async def open_data_request(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, DataRequestsSG.card, show_mode=show_mode, request_id=request_id)
