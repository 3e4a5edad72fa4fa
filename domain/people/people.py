"""Data that people enter when they join: name, position and phone."""

import re

from domain.errors import Refusal, Way
from domain.roles import Role
from domain.typed_input.words import clean_line

CONSENT_VERSION = "2026-12"
"""Version of the privacy notice shown before joining; a changed notice gets a new version."""
NAMES_CLUSTER_HEADS = frozenset({"2026-12"})
"""Versions of the notice that name the cluster head among those who may see a phone number."""

_SERVING = ("Chuyên viên", "Công chức Văn hóa - Xã hội", "Văn thư", "Giáo viên", "Kế toán")
_HEADING = ("Chủ tịch UBND", "Phó Chủ tịch UBND", "Trưởng phòng", "Hiệu trưởng", "Giám đốc")


def usual_positions(role: Role) -> tuple[str, ...]:
    """Return the positions offered as buttons to people of this role."""
    return _HEADING if role in (Role.UNIT_HEAD, Role.LEADER) else _SERVING


def read_name(text: str) -> str:
    """Return the name with single spaces. Raises Refusal if it cannot be a name or is not 2 to 80 characters long."""
    name = clean_line(text)
    if not 2 <= len(name) <= 80 or not all(letter.isalpha() or letter in " .'-’0123456789" for letter in name):
        raise Refusal("name-length", "Họ tên gồm chữ và dấu cách, từ 2 đến 80 ký tự. Anh/chị nhập lại giúp.")
    if not any(letter.isalpha() for letter in name):
        raise Refusal("name-without-letters", "Họ tên phải có chữ. Anh/chị nhập lại giúp.")
    return name


def begins_with_name(line: str, name: str) -> bool:
    """Whether a nominee line starts with this name: «Nguyễn Văn A, Phó Chủ tịch» does, «Nguyễn Văn An» does not."""
    rest = line[len(name) :]
    return line.casefold().startswith(name.casefold()) and not rest[:1].isalnum()


def fits_as_name(text: str) -> bool:
    try:
        read_name(text)
    except Refusal:
        return False
    return True


def read_position(text: str) -> str:
    """Return the position with single spaces. Raises Refusal unless it has 2 to 120 characters and a letter."""
    position = clean_line(text)
    if not 2 <= len(position) <= 120 or not any(letter.isalpha() for letter in position):
        raise Refusal("position-unread", "Chức vụ ghi bằng chữ, từ 2 đến 120 ký tự, ví dụ: Công chức Văn hóa - Xã hội.")
    return position


def read_phone(text: str) -> str:
    """Return a Vietnamese phone number as +84…. Raises Refusal for anything else."""
    digits = re.sub(r"[\s.()-]", "", clean_line(text)).removeprefix("+")
    if digits.startswith("0"):
        digits = "84" + digits[1:]
    if not re.fullmatch(r"84[1-9][0-9]{8,9}", digits):
        raise Refusal("phone-unread", "Số điện thoại chưa đúng.", way=Way.SHARE_PHONE)
    return f"+{digits}"


def write_phone(number: str) -> str:
    """Return a number as it is dialled: «0900 000 101», a landline «0251 384 2345»; a foreign number as it is."""
    digits = number.removeprefix("+84")
    if digits == number:
        return number
    if digits.startswith("2"):
        return f"0{digits[:-7]} {digits[-7:-4]} {digits[-4:]}"
    return f"0{digits[:-6]} {digits[-6:-3]} {digits[-3:]}"
