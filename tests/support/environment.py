"""The environment as on a fresh machine."""

import os

import pytest


def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if _is_setting(name)]:
        monkeypatch.delenv(name)


def fresh(**settings: str) -> dict[str, str]:
    """Return the environment of a new process with these settings and no others."""
    ours = {name: value for name, value in os.environ.items() if not _is_setting(name)}
    return {**ours, **settings}


def _is_setting(name: str) -> bool:
    return name.startswith("THIDUA_") and name != "THIDUA_TEST_ALL"
