"""Refusals by their code: what is said to a person may be worded anew without a test that fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.errors import AlreadyDone, Refusal


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Fail unless the block raises a Refusal with this code."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code, caught.value.text


@contextmanager
def already_done(code: str) -> Iterator[pytest.ExceptionInfo[AlreadyDone]]:
    """Fail unless the block raises an AlreadyDone with this code."""
    with pytest.raises(AlreadyDone) as caught:
        yield caught
    assert caught.value.code == code, caught.value.text
