"""The environment as a fresh machine has it."""

import os

import pytest


def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if _is_setting(name)]:
        monkeypatch.delenv(name)


def fresh(**settings: str) -> dict[str, str]:
    """For a process of its own: these settings and no others."""
    ours = {name: value for name, value in os.environ.items() if not _is_setting(name)}
    return {**ours, **settings}


def _is_setting(name: str) -> bool:
    return name.startswith("THIDUA_") and name != "THIDUA_TEST_ALL"
