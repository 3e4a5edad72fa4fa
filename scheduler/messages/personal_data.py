"""What messages about people's own data say."""

from domain.duties.reminders import next_speaking_hour
from scheduler.messages.scheduled_message import Speech
from templates import render
from usecases.context import Context
from usecases.outbox import Parcel
from usecases.personal_data.export import read_leaver
from usecases.personal_data.requests import read_answer, read_request
from usecases.ports import Button, Letter


async def say_data_request(ctx: Context, parcel: Parcel) -> Speech | None:
    """To the standing body; None once somebody has answered."""
    request = await read_request(ctx, parcel.ref("request"))
    if not request.is_waiting:
        return None
    door = Button("Xem và trả lời", action=f"request:{request.id}")
    letter = Letter(render("data_requests/card", request=request), ((door,),))
    return Speech(letter, hour=next_speaking_hour(ctx.now, calendar=ctx.calendar))


async def say_data_answer(ctx: Context, parcel: Parcel) -> Speech:
    """To whoever asked, at once."""
    html = render("data_requests/answered", request=await read_answer(ctx, parcel.ref("request")))
    return Speech(Letter(html), hour=ctx.now)


async def say_consent_withdrawn(ctx: Context, parcel: Parcel) -> Speech | None:
    leaver = await read_leaver(ctx, parcel.ref("leaver"))
    if leaver is None:
        return None
    letter = Letter(render("my_data/withdrawn", leaver=leaver))
    return Speech(letter, hour=next_speaking_hour(ctx.now, calendar=ctx.calendar))
