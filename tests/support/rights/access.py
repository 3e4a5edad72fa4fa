"""The table of rights: who may ask which use case about the things of Phường 5, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto


class Asker(StrEnum):
    """Kinds of people, seen from Phường 5, about whose things they ask."""

    STRANGER = auto()
    FORMER = auto()
    """An officer of Phường 5 whose access was revoked: a guest like everyone without a post."""
    OTHER_AUTHORITY = auto()
    """The standing body of another province in the same database."""
    OTHER_HEAD = auto()
    """An officer of a unit that heads another cluster."""
    CLUSTER_HEAD = auto()
    """An officer of the unit that heads the cluster of Phường 5."""
    OFFICER = auto()
    UNIT_HEAD = auto()
    LEADER = auto()
    STANDING_BODY = auto()


EVERYBODY = frozenset(Asker)
NOBODY: frozenset[Asker] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    why: str
    who: frozenset[Asker]
    use_cases: str
    """Names, as module.function."""

    def __iter__(self) -> Iterator[str]:
        return iter(self.use_cases.split())


def _only(*who: Asker) -> frozenset[Asker]:
    return frozenset(who)


MACHINE = Access(
    "asked by the clock, the outbox, the command line or the demo: no dialog, handler or page names it",
    EVERYBODY,
    """
    announcements.reading.read_incoming announcements.reading.remember_upload announcements.sending._members_of
    announcements.sending._not_queued
    announcements.sending._queue_batch compilation.finding.find_duty groups.pinned_boards.note_completion
    groups.pinned_boards.note_pin groups.pinned_boards.note_scoreboard_sent groups.pinned_boards.read_scoreboard
    groups.pinned_boards.take_completion groups.scoreboards.renew_scoreboards groups.troubles.read_trouble
    groups.turns.take_turn organisation.founding.caretaker organisation.founding.found_organisation
    organisation.successions.commands.renew_names organisation.successions.effects.apply_due_successions
    organisation.successions.notices.read_cancelled_notice organisation.successions.notices.read_unit_change_notice
    outbox.backlog.read_backlog outbox.sending.claim outbox.sending.count_waiting outbox.sending.note_parts_sent
    outbox.sending.postpone outbox.sending.read_missed outbox.sending.release outbox.sending.settle
    people.leaves.read_deputising people.recognition.actor_of personal_data.requests.queue_data_alarms
    personal_data.retention._delete_batch personal_data.retention._forget
    personal_data.retention._marked_for_deletion personal_data.retention.list_expiries
    personal_data.withdrawal.read_leaver plans.date_notices.read_date_notices plans.life.is_loaded
    plans.loading.read_plan_notices questions.posting.read_group_answer
    reminders.cluster_reminders.queue_cluster_reminders reminders.cluster_reminders.read_cluster_reminder
    reminders.digest.read_digest reminders.digest.read_digests
    reminders.news.count_entries reminders.news.has_news
    reminders.next_moment.next_moment reminders.queueing._find reminders.queueing._queue_some
    reminders.reachability.miss reminders.weekly_summary.queue_weekly reviews.acceptance_notices.read_acceptances
    seals.checks.note_seals seals.checks.read_broken_seal submissions.hard_copies._find_late
    submissions.hard_copies._lapse_some
    upload_links.attaching.read_uploaded upload_links.expiry._abandoned upload_links.expiry._forget
    upload_links.expiry._has_expired_downloads waiting.mornings._find_readers waiting.mornings._queue_to
    """,
)

ACCESS = (
    MACHINE,
    Access(
        "nobody here: it asks for every topmost authority, or for a request or a batch of one's own",
        NOBODY,
        """
        audit.export_audit_log audit.verify_audit_log personal_data.requests.read_answer reviews.undo.undo_batch
        seals.full_audit.seal_old
        """,
    ),
    Access(
        "the units of the cluster that the own unit heads",
        _only(Asker.CLUSTER_HEAD),
        """
        clusters.calls.note_cluster_call clusters.calls.open_calls clusters.calls.read_cluster_calls
        clusters.duties.list_cluster_duties clusters.duties.read_cluster_duty clusters.duties.read_forwardable
        clusters.nudges.nudge_cluster clusters.nudges.read_cluster_nudge
        """,
    ),
    Access(
        "what the standing body of the authority decides",
        _only(Asker.STANDING_BODY),
        """
        announcements.drafts.preview_announcement announcements.sending._plan announcements.sending._read_unread
        announcements.sending._remind announcements.sending._send announcements.sent.list_unread
        announcements.sent.read_announcement extensions.answers.grant_extension extensions.answers.read_grant
        extensions.answers.read_undecided extensions.answers.refuse_extension
        official_papers.templates._export_key official_papers.templates._note_template
        official_papers.templates._put official_papers.templates.drop_template
        official_papers.templates.list_templates organisation.founding.enroll_officer
        organisation.successions.commands.close_unit organisation.successions.commands.merge_units
        organisation.successions.commands.rename_unit organisation.successions.commands.split_unit
        organisation.successions.planning.apply_succession organisation.successions.planning.preview_succession
        people.invites.invite people.invites.revoke_invite people.phones.confirm_phone
        people.post_handover.hand_post_over people.post_handover.invite_successor
        people.post_handover.list_successors people.staff.give_role people.staff.list_members
        people.staff.read_member people.staff.revoke_access people.staff.take_role
        personal_data.requests.grant_request personal_data.requests.read_request
        personal_data.requests.refuse_request plans.event_dates.call_off_event plans.event_dates.set_event_date
        plans.life.count_plan_from plans.life.end_plan plans.life.read_plan plans.life.resume_plan
        plans.loading.load_plan plans.loading.preview_plan plans.quotas.set_quota plans.set_dates.clear_date
        plans.set_dates.set_date reachability.calls.note_call reviews.acceptance.approve
        reviews.acceptance.approve_unmarked reviews.correction_requests.allow_correction
        reviews.correction_requests.refuse_correction reviews.returns.answer_unit reviews.returns.send_back
        reviews.sheet.open_reviewed_attachment reviews.sheet.read_sheet reviews.undo.read_decision
        reviews.undo.undo_decision submissions.hard_copies.decide_claim
        submissions.hard_copies.read_undecided_claim submissions.past_reports.entering.enter_past_report
        submissions.past_reports.entering.enter_past_reports
        submissions.past_reports.entering.preview_past_reports submissions.past_reports.sheets.read_past_sheet
        """,
    ),
    Access(
        "the group of a cluster, for its head and the standing body",
        _only(Asker.CLUSTER_HEAD, Asker.STANDING_BODY),
        """
        groups.binding.bind_chosen groups.binding.rebind_cluster groups.mentions.read_mentions
        groups.mentions.set_mentions
        """,
    ),
    Access(
        "how the units below stand, for those who answer for them",
        _only(Asker.LEADER, Asker.STANDING_BODY),
        """
        compilation.compiling.compile_duty official_papers.compiled._frame
        official_papers.of_duties.draft_late_paper official_papers.of_duties.draft_nominations
        official_papers.of_duties.list_papers reminders.nudges.nudge reminders.nudges.refuse_early_nudge
        reminders.weekly_mutes.list_watched reminders.weekly_mutes.mute_duty reminders.weekly_mutes.unmute_duty
        status.export.export_rows status.search.read_unit_status status.status.read_reach
        status.status.read_status
        """,
    ),
    Access(
        "leave, for the person and the standing body",
        _only(Asker.OFFICER, Asker.STANDING_BODY),
        """
        people.leaves.cancel_leave people.leaves.list_leaves people.leaves.take_leave
        """,
    ),
    Access(
        "what the unit owes, for those who serve it",
        _only(Asker.OFFICER, Asker.UNIT_HEAD),
        """
        dossiers.attachments._note_file dossiers.attachments._put dossiers.attachments.expect_attachment
        dossiers.attachments.remove_attachment dossiers.dossiers.declare_nothing
        dossiers.dossiers.discard_dossier dossiers.dossiers.open_paper dossiers.dossiers.start_dossier
        dossiers.dossiers.submit_dossier dossiers.kept_papers._note_file dossiers.kept_papers._put
        dossiers.kept_papers.drop_paper dossiers.paper_checks.keep_papers dossiers.photos._find_begun
        dossiers.photos._view dossiers.photos.find_album_requirement dossiers.postings.state_posting
        dossiers.proposals.leave_to_year_end duties.assignments.end_handover duties.assignments.hand_over
        duties.assignments.list_colleagues duties.assignments.read_handover extensions.requests.ask_extension
        extensions.requests.prepare_extension extensions.requests.read_wanted extensions.requests.store_file
        extensions.requests.withdraw_extension figures.proposals.propose_last figures.proposals.read_parts
        figures.proposals.read_pasted figures.proposals.read_typed figures.proposals.reread
        figures.proposals.view_proposal figures.writing.enter_proposal reminders.card.read_card
        reminders.snoozes.list_hours reminders.snoozes.read_again reminders.snoozes.snooze
        reviews.correction_requests.ask_correction reviews.correction_requests.read_correctable
        reviews.correction_requests.read_right_figure reviews.official_figures._updatable
        reviews.returns.ask_reviewer submissions.drafts.read_handed_in submissions.handing_in.withdraw
        submissions.hard_copies.claim_hard_copy submissions.late_reasons.state_late_reason
        submissions.past_reports.own.answer_own_past submissions.past_reports.own.choose_own_past
        submissions.past_reports.own.read_own_past submissions.pledges.pledge_answer
        submissions.pledges.pledge_value submissions.pledges.submit_pledge submissions.pledges.toggle_choice
        submissions.reports.answer submissions.reports.enter_value submissions.reports.explain_missing
        submissions.reports.submit_report upload_links.files._register upload_links.files.find_file
        upload_links.links.issue_link upload_links.links.read_link
        """,
    ),
    Access(
        "for every standing body: each answers about its own authority, and drafts its own plan",
        _only(Asker.OTHER_AUTHORITY, Asker.STANDING_BODY),
        """
        announcements.audiences.list_audiences announcements.drafts._register_announcement_file
        announcements.drafts.begin_announcement announcements.sent.list_announcements
        extensions.answers.list_open_extensions organisation.successions.planning.list_changeable_units
        organisation.successions.scheduled.cancel_succession organisation.successions.scheduled.list_scheduled
        people.invite_guesses.read_guessing people.invite_sheets.issue_sheet people.invite_sheets.list_sheets
        people.invites.list_invitable people.office_contacts.add_contact people.office_contacts.list_own_office
        people.office_contacts.remove_contact people.staff.list_staff personal_data.requests.list_requests
        plan_texts.duties.begin_draft plan_texts.duties.change_proposed plan_texts.duties.discard_draft
        plan_texts.duties.find_draft plan_texts.duties.propose_sentence plan_texts.duties.read_draft
        plan_texts.duties.read_proposed plan_texts.heads.make_new_version plan_texts.heads.read_head
        plan_texts.heads.take_awards plan_texts.heads.take_indicators plan_texts.heads.type_indicators
        plan_texts.heads.type_line plan_texts.loading._load plan_texts.loading.preview_draft
        plan_texts.loading.write_draft plans.event_dates.list_event_dates plans.life.list_plans
        plans.open_dates.list_open_dates reachability.call_list.export_calls
        reachability.call_list.open_call_list reachability.call_list.read_calls
        submissions.past_reports.sheets.list_past_periods waiting.waiting.list_waiting
        """,
    ),
    Access(
        "the clusters that the own unit heads",
        _only(Asker.OTHER_HEAD, Asker.CLUSTER_HEAD),
        """
        clusters.heads.list_own_clusters
        """,
    ),
    Access(
        "the paper of a cluster, for its head and those above",
        _only(Asker.CLUSTER_HEAD, Asker.LEADER, Asker.STANDING_BODY),
        """
        official_papers.of_clusters.draft_cluster_pledge
        """,
    ),
    Access(
        "a question about a return, for both sides of it",
        _only(Asker.OFFICER, Asker.UNIT_HEAD, Asker.STANDING_BODY),
        """
        reviews.returns.read_question
        """,
    ),
    Access(
        "for every leader and standing body: each answers about its own authority",
        _only(Asker.OTHER_AUTHORITY, Asker.LEADER, Asker.STANDING_BODY),
        """
        reachability.call_list.read_unreached reminders.weekly_summary.take_weekly status.search.find_status
        status.status.list_clusters status.status.list_exceptions status.status.list_status
        """,
    ),
    Access(
        "what a group is bound to, for everyone who may bind one",
        _only(Asker.OTHER_HEAD, Asker.CLUSTER_HEAD, Asker.STANDING_BODY),
        """
        groups.binding.bind_cluster groups.binding.read_binding groups.binding.read_bound
        """,
    ),
    Access(
        "what the unit owes and handed in, to be read by those above it too",
        _only(Asker.OFFICER, Asker.UNIT_HEAD, Asker.LEADER, Asker.STANDING_BODY),
        """
        dossiers.attachments.read_attachment dossiers.dossiers.asks_document dossiers.dossiers.list_dossiers
        dossiers.dossiers.read_dossier dossiers.kept_papers.kept_papers dossiers.kept_papers.read_kept_paper
        duties.views.read_duty extensions.answers.read_extension_file extensions.requests.read_extension
        figures.forms.read_figure_form official_papers.of_clusters.headed_cluster
        official_papers.of_receipts.draft_of_receipt official_papers.of_receipts.paper_of_receipt
        reviews.returns.read_return submissions.hard_copies.read_claim submissions.pledges.read_pledge
        submissions.receipts.find_receipt submissions.replaced_figures.read_replaced
        submissions.reports.read_report upload_links.downloads._read upload_links.downloads.issue_download
        """,
    ),
    Access(
        "questions within one's own horizon: here how the own cluster stands",
        _only(Asker.CLUSTER_HEAD, Asker.OFFICER, Asker.UNIT_HEAD, Asker.LEADER, Asker.STANDING_BODY),
        """
        questions.answers.answer
        """,
    ),
    Access(
        "one's own phone number, while one serves somewhere",
        EVERYBODY - {Asker.STRANGER, Asker.FORMER},
        """
        people.phones.change_phone people.phones.compare_phone
        """,
    ),
    Access(
        "one's own account, data and mail, for everyone who ever joined",
        EVERYBODY - {Asker.STRANGER},
        """
        announcements.reading.mark_read people.consent.give_consent
        people.joining.take_post personal_data.export.export_my_data personal_data.export.read_my_data
        personal_data.requests.ask_deletion personal_data.withdrawal.withdraw_consent reviews.undo.read_batch
        """,
    ),
    Access(
        "what the messenger tells of chats and accounts, and who writes",
        EVERYBODY,
        """
        dossiers.secret_refusals.note_secret_refused groups.following.leave_group groups.following.leave_topic
        groups.following.move_group groups.following.regain_rights groups.troubles.report_trouble
        people.recognition.recognise people.recognition.recognise_all
        reminders.reachability.come_back reminders.reachability.lose_touch
        """,
    ),
    Access(
        "checked line by line: this list is empty, and enters nothing",
        EVERYBODY,
        """
        organisation.imports.entering.import_organisation organisation.imports.entering.preview_import
        """,
    ),
    Access(
        "there is none of it yet; the unit of one is asked for like that of the duty",
        EVERYBODY,
        """
        reviews.correction_requests.read_correction reviews.undo.read_undo
        """,
    ),
    Access(
        "answers about what is the asker's own; whoever has nothing gets nothing",
        EVERYBODY,
        """
        clusters.heads.list_headed duties.calendar_export.export_deadlines duties.progress.read_own_duties
        duties.upcoming.list_unasked duties.upcoming.list_upcoming extensions.requests.list_extendable
        figures.offers.find_duty_of_form figures.offers.find_offers figures.offers.find_open_forms
        official_papers.of_receipts.receipt_of_dossier people.farewells.read_farewell
        people.recognition.list_posts personal_data.requests.ask_correction questions.horizon.read_horizon
        questions.posting.can_post questions.posting.post_answer questions.understanding.understand
        reachability.call_list.count_unreached reviews.queue.count_queue reviews.queue.list_decided
        reviews.queue.list_queue reviews.queue.read_unmarked reviews.queue.reviews_anything
        submissions.receipts.list_receipts
        """,
    ),
    Access(
        "the same for everyone: plans, offices and their numbers, what a group sees; opening what has come due",
        EVERYBODY,
        """
        duties.opening._find_to_open duties.opening._open_some groups.progress.read_progress
        people.joining.read_bot_owner people.office_contacts.list_offices plans.deadlines.loaded_plans
        """,
    ),
    Access(
        "a step of a use case that has asked for the right just before",
        EVERYBODY,
        """
        compilation.exporting._record_export official_papers.templates._key_of seals.checks.is_sealed
        submissions.receipts.compare_receipt_with_log upload_links.expiry._known
        """,
    ),
    Access(
        "whoever holds the code or the link; wrong codes are counted",
        EVERYBODY,
        """
        people.joining.join people.joining.read_invite people.joining.try_invite
        upload_links.attaching._mark_used upload_links.downloads._find upload_links.files.forget_files
        upload_links.links._find
        """,
    ),
)
