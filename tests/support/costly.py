"""Whole seasons and years: in CI all of them, in `make test`, whose answer somebody waits for, a part."""

import os

from hypothesis import HealthCheck, Phase, settings


def is_complete() -> bool:
    return bool(os.environ.get("THIDUA_TEST_ALL"))


def costly(*, examples: int) -> settings:
    """For a property each example of which takes a second or more."""
    return settings(
        max_examples=examples if is_complete() else max(2, examples // 5),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # Making a whole season shorter would take longer than reading it.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
