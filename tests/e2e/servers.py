"""Settings of a bot on a given Bot API server."""

from pathlib import Path

TOKEN = "4244:sandbox"
"""Of a bot of its own: other tests keep the dialogs of theirs in the same database of Redis at the same time."""


def settings_for(server: str, folder: Path) -> dict[str, str]:
    return {"THIDUA_TELEGRAM_API": server, "THIDUA_TELEGRAM_TOKEN": TOKEN, "THIDUA_DATA": str(folder / "data")}
