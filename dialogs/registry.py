"""All dialogs of the bot."""

from aiogram_dialog import Dialog

from dialogs import menu
from dialogs.announcements import new_announcement, sent_announcements
from dialogs.clusters import clusters
from dialogs.compilation import compilation
from dialogs.dossiers import attachments as papers
from dialogs.dossiers import dossiers
from dialogs.duties import duties
from dialogs.extensions import answers as extension_answers
from dialogs.extensions import requests as extensions
from dialogs.figures import table as figures
from dialogs.forms import past_reports, pledges, reports
from dialogs.official_papers import papers as official_papers
from dialogs.official_papers import templates as office_templates
from dialogs.organisation import administration, imports, successions
from dialogs.organisation import past_reports as past_report_files
from dialogs.organisation import scheduled_successions as coming_changes
from dialogs.people import consent, invite_sheets, invites, joining, leaves, office_contacts, phones, staff, welcome
from dialogs.personal_data import export as my_data
from dialogs.personal_data import requests as data_requests
from dialogs.plan_texts import edits as plan_text_edits
from dialogs.plan_texts import heads as plan_text_heads
from dialogs.plan_texts import loading as plan_text_loading
from dialogs.plan_texts import proposals as proposed_duties
from dialogs.plan_texts import sending as plan_texts
from dialogs.plan_texts import sentences as plan_text_sentences
from dialogs.plans import loaded_plans, set_dates
from dialogs.questions import answers as questions
from dialogs.reachability import unreached
from dialogs.reminders import reminders
from dialogs.reviews import answers as review_answers
from dialogs.reviews import hard_copies as hard_copy_claims
from dialogs.reviews import queue as review_queue
from dialogs.reviews import returns
from dialogs.reviews import sheet as reviews
from dialogs.shared.unknown_input import reject_unknown_input
from dialogs.status import charts, status
from dialogs.waiting import waiting


def make_dialogs() -> tuple[Dialog, ...]:
    dialogs = (
        welcome.dialog(),
        joining.dialog(),
        consent.dialog(),
        menu.dialog(),
        duties.dialog(),
        pledges.dialog(),
        reports.dialog(),
        past_reports.dialog(),
        figures.dialog(),
        dossiers.dialog(),
        papers.dialog(),
        reminders.dialog(),
        hard_copy_claims.dialog(),
        leaves.dialog(),
        extensions.dialog(),
        extension_answers.dialog(),
        status.dialog(),
        compilation.dialog(),
        charts.dialog(),
        clusters.dialog(),
        official_papers.dialog(),
        office_templates.dialog(),
        questions.dialog(),
        unreached.dialog(),
        phones.dialog(),
        waiting.dialog(),
        review_queue.dialog(),
        reviews.dialog(),
        review_answers.dialog(),
        returns.dialog(),
        invites.dialog(),
        set_dates.dialog(),
        sent_announcements.dialog(),
        new_announcement.dialog(),
        loaded_plans.dialog(),
        plan_texts.dialog(),
        proposed_duties.dialog(),
        plan_text_sentences.dialog(),
        plan_text_edits.dialog(),
        plan_text_heads.dialog(),
        plan_text_loading.dialog(),
        administration.dialog(),
        office_contacts.dialog(),
        imports.dialog(),
        past_report_files.dialog(),
        invite_sheets.dialog(),
        staff.dialog(),
        my_data.dialog(),
        data_requests.dialog(),
        successions.dialog(),
        coming_changes.dialog(),
    )
    return tuple(reject_unknown_input(dialog) for dialog in dialogs)
