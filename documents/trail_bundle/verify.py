"""Kiểm tra sổ ghi vết trong thư mục này: python verify.py (Python 3.8 trở lên, không cần gì thêm, không cần mạng)."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path


def spelled(entry: dict[str, object]) -> str:
    """JSON in the one spelling that is hashed."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def faults_of(folder: Path) -> list[str]:
    """What is wrong, entry by entry; nothing where nobody has touched the trail."""
    faults = []
    number, last = 0, "0" * 64
    with (folder / "trail.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for place, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                is_as_written = line == spelled(entry) + "\n"
                noted, said, previous = entry.pop("hash"), entry["number"], entry["previous"]
            except (ValueError, KeyError, TypeError, AttributeError):
                faults.append(f"Dòng {place}: không đọc được.")
                continue
            if said != number + 1 or previous != last:
                faults.append(f"Mục {said}: không nối tiếp mục {number}; có mục bị xóa, chèn thêm hoặc thay.")
            if not is_as_written or hashlib.sha256(spelled(entry).encode()).hexdigest() != noted:
                faults.append(f"Mục {said}: nội dung đã bị sửa.")
            number, last = said, noted
    head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    if head != {"count": number, "hash": last}:
        faults.append(f"Cuối sổ: đọc được đến mục {number}, nhưng sổ ghi có {head.get('count')} mục.")
    return faults


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    folder = Path(__file__).resolve().parent
    faults = faults_of(folder)
    if faults:
        sys.exit("\n".join(faults))
    head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    print(f"Sổ ghi vết nguyên vẹn: {head['count']} mục. Mã cuối: {head['hash']}")  # noqa: T201


if __name__ == "__main__":
    main()
