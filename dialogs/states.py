"""The states of all dialogs."""

from aiogram.fsm.state import State, StatesGroup


class WelcomeSG(StatesGroup):
    guest = State()
    about = State()
    contacts = State()
    code = State()


class JoiningSG(StatesGroup):
    consent = State()
    declined = State()
    confirm = State()
    name = State()
    position = State()
    phone = State()
    another_post = State()


class ConsentSG(StatesGroup):
    notice = State()
    declined = State()


class MenuSG(StatesGroup):
    main = State()
    more = State()
    help = State()
    contacts = State()


class DutiesSG(StatesGroup):
    mine = State()
    calendar = State()


class PledgesSG(StatesGroup):
    campaigns = State()
    question = State()
    two_readings = State()
    replace = State()
    titles = State()
    summary = State()
    edit = State()
    papers = State()
    late = State()
    receipt = State()


class ReportsSG(StatesGroup):
    question = State()
    two_readings = State()
    replace = State()
    off_trend = State()
    off_trend_reason = State()
    no_figure = State()
    summary = State()
    edit = State()
    papers = State()
    late = State()
    receipt = State()


class FiguresSG(StatesGroup):
    table = State()
    edit = State()
    line = State()
    move = State()
    reason = State()
    offer = State()
    sheets = State()
    file = State()
    receipt = State()


class DossiersSG(StatesGroup):
    fallback = State()
    matter = State()
    routine = State()
    routed = State()
    mine = State()
    awards = State()
    subject = State()
    nominees = State()
    share = State()
    nothing = State()
    receipt = State()


class AttachmentsSG(StatesGroup):
    checklist = State()
    pick = State()
    requirement = State()
    posting = State()
    where = State()
    findings = State()
    discard = State()
    receipt = State()


class RemindersSG(StatesGroup):
    pick = State()
    card = State()
    hours = State()
    colleagues = State()
    paper = State()


class LeavesSG(StatesGroup):
    card = State()
    days = State()
    deputy = State()


class OfficeContactsSG(StatesGroup):
    list = State()
    name = State()
    phone = State()
    hours = State()


class AdministrationSG(StatesGroup):
    home = State()


class ImportsSG(StatesGroup):
    send = State()
    preview = State()
    faults = State()


class PastReportsSG(StatesGroup):
    pick = State()
    send = State()
    preview = State()


class OwnPastSG(StatesGroup):
    question = State()
    two_readings = State()
    replace = State()
    summary = State()
    edit = State()


class InviteSheetsSG(StatesGroup):
    whom = State()
    sent = State()


class StaffSG(StatesGroup):
    units = State()
    unit = State()
    member = State()
    give = State()
    take = State()
    which = State()
    successor = State()
    confirm = State()
    invited = State()
    revoke = State()


class ExtensionsSG(StatesGroup):
    pick = State()
    reason = State()
    day = State()
    file = State()
    summary = State()
    asked = State()


class ExtensionAnswersSG(StatesGroup):
    waiting = State()
    card = State()
    refusal = State()


class HardCopyClaimsSG(StatesGroup):
    card = State()
    denial = State()


class StatusSG(StatesGroup):
    duties = State()
    duty = State()
    missing = State()
    clusters = State()
    nudge = State()
    unit = State()


class CompilationSG(StatesGroup):
    duties = State()
    table = State()
    clusters = State()
    kinds = State()


class ClustersSG(StatesGroup):
    pick = State()
    duties = State()
    duty = State()
    nudge = State()
    calls = State()


class QuestionsSG(StatesGroup):
    answer = State()
    choices = State()


class ChartsSG(StatesGroup):
    pick = State()


class MyDataSG(StatesGroup):
    main = State()
    correct = State()
    value = State()
    erase = State()
    withdraw = State()


class DataRequestsSG(StatesGroup):
    waiting = State()
    card = State()
    erase = State()
    refuse = State()


class PhonesSG(StatesGroup):
    ask = State()
    confirm = State()


class UnreachedSG(StatesGroup):
    units = State()
    calls = State()


class WaitingSG(StatesGroup):
    list = State()


class ReviewQueueSG(StatesGroup):
    queue = State()
    tasks = State()
    clusters = State()
    unmarked = State()
    decided = State()


class ReviewsSG(StatesGroup):
    sheet = State()
    papers = State()
    items = State()
    reason = State()
    basket = State()
    done = State()
    undo = State()


class ReviewAnswersSG(StatesGroup):
    answer = State()


class ReturnsSG(StatesGroup):
    ask = State()
    lines = State()
    figure = State()
    reason = State()
    confirm = State()


class OfficialPapersSG(StatesGroup):
    papers = State()
    clusters = State()


class OfficeTemplatesSG(StatesGroup):
    list = State()
    template = State()
    confirm = State()


class LoadedPlansSG(StatesGroup):
    list = State()
    plan = State()
    first_day = State()
    end = State()


class SetDatesSG(StatesGroup):
    list = State()
    day = State()
    event = State()


class AnnouncementsSG(StatesGroup):
    sent = State()
    report = State()
    unread = State()


class NewAnnouncementSG(StatesGroup):
    text = State()
    files = State()
    whom = State()
    target = State()
    preview = State()


class InvitesSG(StatesGroup):
    unit = State()
    role = State()
    sent = State()


class ScheduledSuccessionsSG(StatesGroup):
    list = State()
    confirm = State()


class SuccessionsSG(StatesGroup):
    what = State()
    units = State()
    successor = State()
    names = State()
    day = State()
    summary = State()
    done = State()


class PlanTextsSG(StatesGroup):
    send = State()
    replace = State()
    discard = State()


class ProposedDutiesSG(StatesGroup):
    list = State()
    duty = State()


class PlanTextSentencesSG(StatesGroup):
    list = State()
    sentence = State()


class PlanTextEditsSG(StatesGroup):
    what = State()
    title = State()
    kind = State()
    who = State()
    bearer = State()
    receiver = State()
    day = State()
    boundary = State()
    recurrence = State()
    years = State()
    period = State()
    opens = State()


class PlanTextHeadSG(StatesGroup):
    lines = State()
    line = State()
    indicators = State()
    awards = State()


class PlanTextLoadingSG(StatesGroup):
    taken = State()
    preview = State()
