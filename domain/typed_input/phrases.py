"""Phrases that are understood at any time, whatever question is open."""

import re

from domain.typed_input.words import plain

_LONGEST = 60
_PERSON = re.compile(
    r"(cho |xin |hoi |muon |can |toi |em |minh |anh chi )*"
    r"(gap nguoi that|noi chuyen voi nguoi( that)?|gap can bo|gap chuyen vien|goi ai|goi cho ai|lien he ai"
    r"|hotline|hot line|tong dai|duong day nong|(so )?(dien thoai|sdt|dt)( cua)?( co quan)?( thuong truc)?"
    r"|so may co quan( thuong truc)?|nguoi that|ho tro)"
    r"( o dau| la gi| la bao nhieu| so may| voi| nhe| nha| di| duoc khong| a)*"
)
_NOT_ALONE = frozenset({"dien thoai", "dt", "ho tro"})
"""Phrases that, alone, may just as well answer a question."""
_RECEIPT = re.compile(r"(BC|GU|HS|KH|NV)\d{2}[- _]?[A-Z0-9]{4}", re.IGNORECASE)


def asks_for_a_person(text: str) -> bool:
    """Whether the whole text asks for somebody to talk to: «gặp người thật», «cho xin số điện thoại», «hotline»."""
    if len(text) > _LONGEST:
        return False
    said = plain(text).strip(" ?!.,")
    return said not in _NOT_ALONE and _PERSON.fullmatch(said) is not None


def is_receipt_code(text: str) -> bool:
    """Whether the whole text is a receipt code: «BC26-7K3Q», «bc26 7k3q»."""
    return _RECEIPT.fullmatch(text.strip()) is not None
