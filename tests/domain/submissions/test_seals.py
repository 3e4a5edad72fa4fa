from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.seals import differences, kind_of, part, seal

CONTENT = {"receipt": [1, "BC26-7K3Q", True], "line:bhyt": ["93.4", None], "file:to-trinh": [["a.pdf", "f" * 64, 12]]}

contents = st.dictionaries(st.text(max_size=20), st.lists(st.none() | st.booleans() | st.text(max_size=20)), max_size=6)


@given(contents)
def test_nothing_differs_from_its_own_seal(content: Mapping[str, object]) -> None:
    assert differences(content, seal(content, salt="00")) == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"line:bhyt": ["93.5", None]}, ("line:bhyt",)),
        ({"line:bhyt": ["93.4", "ước"]}, ("line:bhyt",)),
        ({"line:moi": ["1", None]}, ("line:moi",)),
        ({"receipt": [1, "BC26-7K3Q", False], "file:to-trinh": []}, ("file:to-trinh", "receipt")),
    ],
)
def test_each_part_that_was_altered_or_added_is_named(change: dict[str, object], found: tuple[str, ...]) -> None:
    assert differences({**CONTENT, **change}, seal(CONTENT, salt="00")) == found


def test_a_part_that_is_gone_is_named() -> None:
    assert differences({"receipt": CONTENT["receipt"]}, seal(CONTENT, salt="00")) == ("file:to-trinh", "line:bhyt")


def test_the_same_figure_has_another_digest_in_another_hand_in() -> None:
    first, second = seal(CONTENT, salt="00"), seal(CONTENT, salt="01")

    assert not set(first.digests.values()) & set(second.digests.values())
    assert first.root != second.root


def test_the_name_of_a_part_leads_back_to_its_kind_and_code() -> None:
    name = part(kind_of("line:bhyt")[0], "a:b")

    assert (name, kind_of(name)[1]) == ("line:a:b", "a:b")
