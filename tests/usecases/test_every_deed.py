"""Every command adds an entry to the audit log, or stands below with the reason why not."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import usecases

UNNOTED = {
    "answers to a question, kept as a draft: handing in is what counts": (
        "answer",
        "enter_value",
        "explain_missing",
        "state_late_reason",
        "state_posting",
        "pledge_answer",
        "pledge_value",
        "toggle_choice",
        "open_paper",
        "store_file",
        "_note_template",
        "_note_file",
        "_register_announcement_file",
        "_forget",
        "_register",
        "forget_files",
    ),
    "decisions on a plan that is being drafted: loading it is what counts": (
        "begin_draft",
        "discard_draft",
        "change_proposed",
        "propose_sentence",
        "type_line",
        "type_indicators",
        "take_indicators",
        "take_awards",
        "make_new_version",
    ),
    "a conversation, kept with the return that it is about": ("ask_reviewer", "answer_unit"),
    "one's own hour to be reminded": ("snooze",),
    "the reader's own mark, kept with the announcement": ("mark_read",),
    "queued only: what was sent is noted when it has been": (
        "release",
        "postpone",
        "_queue_some",
        "queue_cluster_reminders",
        "queue_weekly",
        "take_weekly",
        "queue_data_alarms",
        "_queue_to",
        "_queue_batch",
        "note_parts_sent",
        "remember_upload",
        "_mark_used",
    ),
    "follows from a plan, a date or a rename that was noted": ("_open_some", "renew_names"),
    "the look of a board, which shows nothing that is not noted": (
        "renew_scoreboards",
        "note_scoreboard_sent",
        "note_pin",
        "note_completion",
        "take_completion",
    ),
    "what the messenger tells of a group, and the pace it allows there: nobody has decided anything": (
        "take_turn",
        "leave_topic",
        "regain_rights",
        "report_trouble",
    ),
    "what a reader wants in their own weekly list": ("mute_duty", "unmute_duty"),
}

Name = tuple[str, str]
"""(module, function)."""


def test_every_action_is_noted_or_named_here() -> None:
    unnoted = {name for names in UNNOTED.values() for name in names}

    silent = {name for module, name in actions() if not reaches_audit((module, name))}

    assert silent == unnoted


def actions() -> Iterator[Name]:
    for module in modules():
        for name, function in functions(module).items():
            if any(isinstance(mark, ast.Name) and mark.id == "command" for mark in function.decorator_list):
                yield module, name


def reaches_audit(start: Name) -> bool:
    """Whether calls lead from here, through functions of the use cases, to `audit`."""
    seen, waiting = {start}, [start]
    while waiting:
        module, name = waiting.pop()
        if (module, name) == ("audit", "audit"):
            return True
        function = functions(module).get(name)
        called = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} if function else set()
        found = {imports(module).get(other, (module, other)) for other in called} - seen
        seen |= found
        waiting += found
    return False


@cache
def modules() -> dict[str, ast.Module]:
    folder = Path(usecases.__file__).parent
    files = {path.relative_to(folder).with_suffix(""): path for path in folder.rglob("*.py")}
    return {".".join(name.parts): ast.parse(path.read_text(encoding="utf-8")) for name, path in files.items()}


@cache
def functions(module: str) -> dict[str, ast.AsyncFunctionDef | ast.FunctionDef]:
    body = modules()[module].body
    return {node.name: node for node in body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}


@cache
def imports(module: str) -> dict[str, Name]:
    return {
        alias.asname or alias.name: (node.module.removeprefix("usecases."), alias.name)
        for node in modules()[module].body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("usecases.")
        for alias in node.names
    }
