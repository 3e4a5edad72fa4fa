"""Kiểm tra sổ ghi vết trong thư mục này: python verify.py (Python 3.8 trở lên, không cần gì thêm, không cần mạng).

Nếu gói có kèm nội dung đã nộp (receipts.jsonl và thư mục files), từng biên nhận cũng được tính lại.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

KINDS = {"line": "dòng", "target": "mức đăng ký", "file": "tệp", "receipt": "thông tin biên nhận"}
KINDS.update(choices="phong trào, danh hiệu đăng ký", nomination="danh sách đề nghị")


def spelled(value: object) -> str:
    """Return the value as JSON in the exact spelling that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(value: object) -> str:
    return hashlib.sha256(spelled(value).encode()).hexdigest()


def faults_of(folder: Path) -> list[str]:
    """Return what is wrong, entry by entry and receipt by receipt; empty if nothing was altered."""
    faults, roots = [], {}
    number, last = 0, "0" * 64
    with (folder / "trail.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for place, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                is_as_written = line == spelled(entry) + "\n"
                noted, said, previous = entry.pop("hash"), entry["number"], entry["previous"]
                if entry["deed"] in ("HANDED_IN", "SEALED"):
                    roots[entry["about"]] = json.loads(entry["details"]).get("sha256")
            except (ValueError, KeyError, TypeError, AttributeError):
                faults.append(f"Dòng {place}: không đọc được.")
                continue
            if said != number + 1 or previous != last:
                faults.append(f"Mục {said}: không nối tiếp mục {number}; có mục bị xóa, chèn thêm hoặc thay.")
            if not is_as_written or sha256(entry) != noted:
                faults.append(f"Mục {said}: nội dung đã bị sửa.")
            number, last = said, noted
    head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    if head != {"count": number, "hash": last}:
        faults.append(f"Cuối sổ: đọc được đến mục {number}, nhưng sổ ghi có {head.get('count')} mục.")
    return faults + receipt_faults(folder, roots)


def receipt_faults(folder: Path, roots: dict[str, str]) -> list[str]:
    """Return the receipts' differences from what the audit log recorded."""
    faults = []
    with (folder / "receipts.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for place, line in enumerate(lines, start=1):
            try:
                receipt = json.loads(line)
                code, salt, digests, content = (receipt[key] for key in ("code", "salt", "digests", "content"))
                altered = parts_of(folder, salt, digests, content)
            except (ValueError, KeyError, TypeError, AttributeError):
                faults.append(f"receipts.jsonl, dòng {place}: không đọc được.")
                continue
            if roots.get(code) != sha256([salt, digests]):
                faults.append(f"Biên nhận {code}: niêm phong không phải bản ghi trong sổ.")
            faults += [f"Biên nhận {code}: {part} không khớp." for part in altered]
    return faults


def parts_of(folder: Path, salt: str, digests: dict[str, str], content: dict[str, object]) -> list[str]:
    """Return the parts of one receipt that differ from what was sealed, in words."""
    found = {name: sha256([salt, name, value]) for name, value in content.items()}
    altered = {name for name in {*found, *digests} if found.get(name) != digests.get(name)}
    for name, value in content.items():
        if name.startswith("file:") and isinstance(value, list):
            altered |= {name for _, noted, _ in value if not holds(folder / "files" / str(noted), noted)}
    return sorted(
        f"{KINDS.get(kind, kind)} {code}".strip() for kind, _, code in (one.partition(":") for one in altered)
    )


def holds(file: Path, noted: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == noted


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
