"""Sentences that point back to the times of those before them: «đảm bảo thời gian quy định nói trên»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.plan_texts.grammar.parties import receiver_of, subject_of
from domain.plan_texts.grammar.unit_words import kinds_of, names_heads
from domain.plan_texts.readings import FoundDeadline
from domain.plan_texts.sentences import Sentence
from domain.plans.deadlines import DutyKind

_BACK = re.compile(r"\bthoi (?:gian|han|diem)(?: (?:theo )?quy dinh)?(?: (?:noi|neu|o|nhu))* ?tren\b")
_NAMED = (
    (DutyKind.REPORT, re.compile(r"\bbao cao\b")),
    (DutyKind.PLAN, re.compile(r"\bke hoach\b(?! nay)")),
    (DutyKind.DOSSIER, re.compile(r"\bho so\b|\bto trinh\b")),
    (DutyKind.PLEDGE, re.compile(r"\bgiao uoc\b|\bdang ky\b")),
)
_COLLECTED = re.compile(r"\bqua\b[^.;]{0,80}\b(?:de )?tong hop\b")
_FARTHEST = 8
"""Deadlines before the sentence among which those that it means are looked for."""


def points_back(sentence: Sentence) -> bool:
    return _BACK.search(sentence.folded) is not None


def repeated(sentence: Sentence, before: Sequence[FoundDeadline]) -> Iterator[FoundDeadline]:
    """Yield the deadlines before a sentence once more, for those whom it names and the things that it names."""
    found = _BACK.search(sentence.folded)
    named = {kind for kind, words in _NAMED if words.search(sentence.folded)}
    if found is None or not named:
        return
    receiver, who = receiver_of(sentence.text), subject_of(sentence.text)
    for one in before[-_FARTHEST:]:
        if one.kind in named and one.due is not None and one.is_handed_in:
            yield replace(
                one,
                quote=sentence.text,
                wording=f"{sentence.text[found.start() : found.end()]} ({one.wording})",
                line=sentence.block.line,
                who=who or one.who,
                to=receiver.to or one.to,
                via=receiver.via or one.via,
                applies_to=kinds_of(who) or one.applies_to,
                is_for_heads=names_heads(who),
                has_internal_day=_COLLECTED.search(sentence.folded) is not None,
            )
