"""HTML to text with entities and back, over Vietnamese words and emoji."""

import unicodedata
from html import escape

import pytest
from aiogram.types import MessageEntity
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.text.html import cut, parse, trim, units
from sandbox.text.rendering import render

LETTERS = st.sampled_from(["ạ", "ề", "đ", "Ư", "ỹ", "a", " ", "\n", "<", "&", '"', "👍", "🇻🇳", "1.234,5", "Đơn vị"])
WORDS = st.lists(LETTERS, min_size=1, max_size=6).map("".join)
TAGS = st.sampled_from(
    [
        ("<b>", "</b>"),
        ("<i>", "</i>"),
        ("<u>", "</u>"),
        ("<s>", "</s>"),
        ('<span class="tg-spoiler">', "</span>"),
        ("<blockquote>", "</blockquote>"),
        ('<a href="https://example.vn/?a=1&amp;b=%22">', "</a>"),
        ('<a href="tg://user?id=42">', "</a>"),
    ]
)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    requirements = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.tuples(TAGS, requirements).map(lambda parts: f"{parts[0][0]}{parts[1]}{parts[0][1]}")


DOCUMENTS = st.lists(st.recursive(WORDS.map(escape), wrapped, max_leaves=8), max_size=4).map("".join)


@given(DOCUMENTS)
def test_text_and_entities_survive_the_way_to_html_and_back(html: str) -> None:
    text, entities = parse(html)

    assert parse(render(text, entities)) == (text, entities)


@given(DOCUMENTS)
def test_trimming_moves_entities_with_their_words(html: str) -> None:
    text, entities = parse(html)

    trimmed, moved = trim(text, entities)

    assert trimmed == text.strip()
    assert all(entity.offset >= 0 and entity.offset + entity.length <= units(trimmed) for entity in moved)
    assert words(trimmed, moved) == words(text, entities)


def words(text: str, entities: list[MessageEntity]) -> list[str]:
    requirements = (cut(text, entity.offset, entity.length).strip() for entity in entities)
    return [requirement for requirement in requirements if requirement]


@given(WORDS, WORDS)
def test_offsets_are_utf16_units(before: str, inside: str) -> None:
    text, entities = parse(f"{escape(before)}<b>{escape(inside)}</b>")

    assert text == before + inside
    assert (entities[0].offset, entities[0].length) == (units(before), units(inside))
    assert cut(text, entities[0].offset, entities[0].length) == inside


def test_decomposed_letters_are_left_as_they_are() -> None:
    decomposed = unicodedata.normalize("NFD", "Việc")

    text, entities = parse(f"<b>{decomposed}</b>")

    assert (text, entities[0].length) == (decomposed, 6)


@pytest.mark.parametrize(
    ("html", "kind", "text"),
    [
        ("<strong>Việc</strong>", "bold", "Việc"),
        ("<em>Việc</em>", "italic", "Việc"),
        ("<ins>Việc</ins>", "underline", "Việc"),
        ("<del>Việc</del>", "strikethrough", "Việc"),
        ("<tg-spoiler>Việc</tg-spoiler>", "spoiler", "Việc"),
        ("<code>a &lt; b</code>", "code", "a < b"),
        ('<pre><code class="language-python">a</code></pre>', "pre", "a"),
        ("<blockquote expandable>Việc</blockquote>", "expandable_blockquote", "Việc"),
        ("<A HREF='https://example.vn'>Việc</A>", "text_link", "Việc"),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "custom_emoji", "👍"),
    ],
)
def test_every_tag_of_telegram_is_known(html: str, kind: str, text: str) -> None:
    parsed, entities = parse(html)

    assert (parsed, [entity.type for entity in entities]) == (text, [kind])


@pytest.mark.parametrize(
    ("html", "text"),
    [("&lt;&amp;&quot;&gt;", '<&">'), ("&#7879;&#x1F44D;", "ệ👍"), ("A & B &copy; &#0;", "A & B &copy; &#0;")],
)
def test_references_are_read_and_unknown_ones_left(html: str, text: str) -> None:
    assert parse(html) == (text, [])


def test_a_link_to_nowhere_is_plain_text() -> None:
    assert parse('<a href="javascript:alert(1)">Việc</a>') == ("Việc", [])


def test_a_span_of_another_class_is_refused() -> None:
    with pytest.raises(ApiError, match='Tag "span" must have class "tg-spoiler"'):
        parse('<span class="red">Việc</span>')


def test_the_page_gets_safe_html_with_links_that_leak_nothing() -> None:
    text, entities = parse('<b>&lt;script&gt;</b> <a href="https://example.vn">Xem</a>')

    page = render(text, entities, page=True)

    assert page == (
        '<b>&lt;script&gt;</b> <a href="https://example.vn" target="_blank" rel="noopener noreferrer">Xem</a>'
    )
