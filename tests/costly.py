"""Properties over whole seasons, each example of which takes a second or more."""

import os

from hypothesis import HealthCheck, Phase, settings


def costly(*, examples: int) -> settings:
    """So many examples in CI; a few of them in `make test`, whose answer somebody waits for."""
    is_complete = bool(os.environ.get("THIDUA_TEST_ALL"))
    return settings(
        max_examples=examples if is_complete else max(2, examples // 5),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # Making a whole season shorter would take longer than reading it.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
