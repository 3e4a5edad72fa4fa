"""The pinned board of a cluster's group: edited where it hangs, hung where it does not."""

from datetime import datetime

from domain.reminders import next_speaking_hour
from scheduler.contexts import OpenContext
from templates import render
from usecases.boards import PinnedBoard, hang_board, read_board
from usecases.outbox import Parcel
from usecases.ports import Channel, Letter, Vanished


async def show_board(contexts: OpenContext, channel: Channel, parcel: Parcel) -> datetime | None:
    """Say when it may be shown, if not now; an edit disturbs nobody, a new message waits for working hours."""
    async with contexts.open() as ctx:
        board = await read_board(ctx, parcel.ref("board"), duty_id=parcel.ref("duty"))
        hour = next_speaking_hour(ctx.now, calendar=ctx.calendar)
        now = ctx.now
    if board is None or await _edit(channel, parcel, board):
        return None
    if hour > now:
        return hour
    await _hang(contexts, channel, parcel, board)
    return None


async def _edit(channel: Channel, parcel: Parcel, board: PinnedBoard) -> bool:
    """Whether it still hangs."""
    if board.message_id is None:
        return False
    try:
        await channel.edit(parcel.chat_id, board.message_id, _letter(board))
    except Vanished:
        return False
    if parcel.attempts > 1:
        # An earlier try may have failed between hanging and pinning.
        await channel.pin(parcel.chat_id, board.message_id)
    return True


async def _hang(contexts: OpenContext, channel: Channel, parcel: Parcel, board: PinnedBoard) -> None:
    message_id = await channel.send(parcel.chat_id, _letter(board))
    # Remembered before anything else can fail, so that there are never two boards.
    async with contexts.open() as ctx:
        await hang_board(ctx, board.id, message_id=message_id)
    await channel.pin(parcel.chat_id, message_id)


def _letter(board: PinnedBoard) -> Letter:
    return Letter(render("boards/board", board=board.view))
