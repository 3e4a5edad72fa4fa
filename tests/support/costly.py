"""Whole seasons and years: all of them in CI, a part in `make test`, whose result somebody waits for."""

import os

from hypothesis import HealthCheck, Phase, settings


def is_complete() -> bool:
    return bool(os.environ.get("THIDUA_TEST_ALL"))


def costly(*, examples: int) -> settings:
    """Return settings for a property whose examples take a second or more each."""
    return settings(
        max_examples=examples if is_complete() else max(2, examples // 5),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # Shrinking a whole season would take longer than reading it.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )


def seeds(count: int) -> range:
    """Return the seeds of a test whose story is drawn by lot; THIDUA_SEEDS=100-300 tries others."""
    if given := os.environ.get("THIDUA_SEEDS"):
        first, _, last = given.partition("-")
        return range(int(first), int(last or first) + 1)
    return range(count if is_complete() else max(2, count // 8))
