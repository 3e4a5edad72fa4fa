"""Figures for Prometheus. Labels name no person, no unit and no chat."""

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("thidua_updates", "Updates handled, by outcome: answered, failed.", ["outcome"])
UPDATE_SECONDS = Histogram(
    "thidua_update_seconds",
    "Time from the receipt of an update to its answer, waiting for the chat's turn included.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
MESSAGES = Counter(
    "thidua_messages",
    "Calls that send a message: sent, undeliverable (the chat refuses it), failed or postponed (it is tried again).",
    ["outcome"],
)
LOOK_SECONDS = Histogram(
    "thidua_look_seconds", "Time of the scheduler's looks for what is due.", buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
)
LOOKS_FAILED = Counter("thidua_looks_failed", "Looks in which a job failed; the next look makes it up.")
SCHEDULER_ACTIVE = Gauge("thidua_scheduler_active", "1 if the scheduler works, 0 if it stands by or does not run here.")
DATABASE_UP = Gauge("thidua_database_up", "1 if the database answered when these figures were asked for.")
OUTBOX_DUE = Gauge("thidua_outbox_due", "Messages that are due and not delivered yet.")
OUTBOX_OLDEST = Gauge("thidua_outbox_oldest_seconds", "Age of the oldest message that is due; 0 without one.")
MESSENGER_SUCCESS = Gauge("thidua_messenger_last_success_seconds", "Unix time of the messenger's last answer.")
