"""What people say of themselves when they join: a name, a position, a phone."""

import re

from domain.errors import Refusal, Way
from domain.roles import Role
from domain.typed_input.words import clean_line

CONSENT_VERSION = "2026-11"
"""Of the notice shown before joining; a changed notice is a new version."""

_SERVING = ("Chuyên viên", "Công chức Văn hóa - Xã hội", "Văn thư", "Giáo viên", "Kế toán")
_HEADING = ("Chủ tịch UBND", "Phó Chủ tịch UBND", "Trưởng phòng", "Hiệu trưởng", "Giám đốc")


def usual_positions(role: Role) -> tuple[str, ...]:
    """Positions that people of this role often hold, so that they need not type."""
    return _HEADING if role in (Role.UNIT_HEAD, Role.LEADER) else _SERVING


def read_name(text: str) -> str:
    """A name as written, spaces tidied; raises Refusal for what cannot be one."""
    name = clean_line(text)
    if not 2 <= len(name) <= 80 or not all(letter.isalpha() or letter in " .'-’0123456789" for letter in name):
        raise Refusal("name-length", "Họ tên gồm chữ và dấu cách, từ 2 đến 80 ký tự. Anh/chị nhập lại giúp.")
    if not any(letter.isalpha() for letter in name):
        raise Refusal("name-without-letters", "Họ tên phải có chữ. Anh/chị nhập lại giúp.")
    return name


def begins_with_name(line: str, name: str) -> bool:
    """Whether a line of nominees is about this person: «Nguyễn Văn A, Phó Chủ tịch» is, «Nguyễn Văn An» is not."""
    said, rest = line.casefold(), line[len(name) :]
    return said.startswith(name.casefold()) and not rest[:1].isalnum()


def fits_as_name(text: str) -> bool:
    try:
        read_name(text)
    except Refusal:
        return False
    return True


def read_position(text: str) -> str:
    """A position as written; raises Refusal for an empty or endless one."""
    position = clean_line(text)
    if not 2 <= len(position) <= 120 or not any(letter.isalpha() for letter in position):
        raise Refusal("position-unread", "Chức vụ ghi bằng chữ, từ 2 đến 120 ký tự, ví dụ: Công chức Văn hóa - Xã hội.")
    return position


def read_phone(text: str) -> str:
    """A Vietnamese phone number as +84…; raises Refusal for anything else."""
    digits = re.sub(r"[\s.()-]", "", clean_line(text)).removeprefix("+")
    if digits.startswith("0"):
        digits = "84" + digits[1:]
    if not re.fullmatch(r"84[1-9][0-9]{8,9}", digits):
        raise Refusal("phone-unread", "Số điện thoại chưa đúng.", way=Way.SHARE_PHONE)
    return f"+{digits}"


def write_phone(number: str) -> str:
    """As it is dialled: «0900 000 101», of a desk «0251 384 2345»; a number of another country as it is."""
    digits = number.removeprefix("+84")
    if digits == number:
        return number
    if digits.startswith("2"):
        return f"0{digits[:-7]} {digits[-7:-4]} {digits[-4:]}"
    return f"0{digits[:-6]} {digits[-6:-3]} {digits[-3:]}"
