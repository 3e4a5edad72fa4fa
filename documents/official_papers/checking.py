"""The check of a template that an office has edited in Word; each fault is told by the name of its field."""

import re
import zipfile
from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from documents.official_papers.fields import fields_of
from documents.official_papers.rendering import TemplateEnvironment, refuse_program, render_paper
from domain.errors import Refusal
from domain.official_papers import PaperKind
from domain.typed_input.listing import listed, shortened
from uploads.bounded import ReadingFailed, run_bounded
from uploads.validation import validate_upload
from usecases.official_papers.templates import NewTemplate

MOST_BYTES = 4 * 1024 * 1024
"""Largest template (bytes)."""
_MOST_UNPACKED = 40 * 1024 * 1024
_SIGNS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TAG = re.compile(r"\{\{(?:(?!\{[{%#]).)*?\}\}|\{%(?:(?!\{[{%#]).)*?%\}|\{#.*?#\}", re.DOTALL)
_LONE = re.compile(r"[{}%]{2}.*|[{}].*", re.DOTALL)
_PLACE = re.compile(r"^(?:tr|tc|p|r)\s+")
_FOR = re.compile(r"for\s+\w+\s+in\s+\w+")
_CLOSES = {"endfor": "for", "endif": "if"}
_BROKEN = "Tệp Word này hỏng, không mở được. Anh/chị mở lại trong Word, lưu dạng .docx rồi gửi lại."


def check_template(kind: PaperKind, file_name: str, content: bytes) -> NewTemplate:
    """Check the file in a process with limits; blocks, so callers keep it off the event loop.

    Raises Refusal that names the field: one that is unknown, missing, broken or written wrongly. Also refused are
    files that are no .docx, hold macros or linked content, or are too large.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(
            "template-too-large", f"Mẫu lớn quá {MOST_BYTES // 1024 // 1024} MB. Anh/chị bỏ bớt ảnh trong mẫu."
        )
    try:
        sha256 = run_bounded(check_content, kind, file_name, content)
    except ReadingFailed as fault:
        raise Refusal("template-broken", _BROKEN) from fault
    return NewTemplate(kind, content, sha256)


def check_content(kind: PaperKind, file_name: str, content: bytes) -> str:
    """Return the SHA-256 of the template. Raises Refusal as `check_template` does."""
    sha256 = validate_upload(file_name, content).sha256
    _refuse_package(content)
    _refuse_tags([text for text in _paragraphs(content) if "{" in text or "}" in text])
    _refuse_fields(kind, content)
    _try_out(kind, content)
    return sha256


def _refuse_package(content: bytes) -> None:
    """Raise Refusal unless the package is a plain .docx that holds no macro and refers to nothing outside but links."""
    if not content.startswith(b"PK"):
        raise Refusal("template-not-docx", "Mẫu phải là tệp Word dạng .docx. Anh/chị lưu lại dạng .docx rồi gửi.")
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise Refusal("template-too-large", "Mẫu này mở ra quá lớn. Anh/chị bỏ bớt ảnh trong mẫu.")
        names = [part.filename.lower() for part in parts]
        types = package.read("[Content_Types].xml").decode("utf-8", "replace")
        relations = [package.read(part).decode("utf-8", "replace") for part in parts if part.filename.endswith(".rels")]
    if "macroenabled" in types.lower() or any("vbaproject" in name or "activex" in name for name in names):
        raise Refusal("template-with-macros", "Mẫu có macro nên bot không nhận. Anh/chị lưu lại dạng .docx.")
    if "wordprocessingml.document.main" not in types:
        raise Refusal("template-not-docx", "Mẫu phải là tệp Word dạng .docx. Anh/chị lưu lại dạng .docx rồi gửi.")
    tags = (tag for text in relations for tag in re.findall(r"<Relationship\b[^>]*>", text))
    if any(re.search(r"oleObject|/package\"", tag) or _is_outside(tag) for tag in tags):
        raise Refusal(
            "template-linked", "Mẫu có tệp nhúng hoặc nội dung lấy từ nơi khác. Anh/chị bỏ phần ấy rồi gửi lại."
        )


def _is_outside(relation: str) -> bool:
    return 'TargetMode="External"' in relation and not re.search(r'Type="[^"]*/hyperlink"', relation)


def _paragraphs(content: bytes) -> Iterator[str]:
    """Yield the text of every paragraph: of the body, tables, text boxes, headers, footers and notes."""
    for part in Document(BytesIO(content)).part.package.iter_parts():
        if "wordprocessingml" in part.content_type and part.content_type.endswith("+xml"):
            root: Any = getattr(part, "element", None)
            for paragraph in root.iter(qn("w:p")) if root is not None else ():
                texts = paragraph.iterdescendants(qn("w:t"))
                yield "".join(text.text or "" for text in texts if next(text.iterancestors(qn("w:p"))) is paragraph)


def _refuse_tags(texts: list[str]) -> None:
    """Raise Refusal if a tag is not closed in its paragraph, cannot be read, or lacks its end."""
    open_tags: list[tuple[str, str]] = []
    for text in texts:
        if lone := _LONE.search(_TAG.sub("…", text)):
            raise Refusal(
                "template-tag-broken",
                f"Trường bị hỏng ở «{shortened(lone[0].strip(), 60)}»: "
                "dấu {{ }} hoặc {% %} phải đủ, trong cùng một dòng.",
            )
        for tag in _TAG.findall(text):
            _read_tag(tag, open_tags)
    if open_tags:
        raise Refusal("template-tag-open", f"Lệnh «{open_tags[-1][1]}» chưa có lệnh kết thúc «end{open_tags[-1][0]}».")


def _read_tag(tag: str, open_tags: list[tuple[str, str]]) -> None:
    words = _PLACE.sub("", tag[2:-2].strip().strip("-").strip())
    if tag.startswith("{{"):
        _refuse_syntax(tag, "{{" + words + "}}")
    elif tag.startswith("{%"):
        word = words.split()[0] if words.split() else ""
        if word in ("for", "if"):
            if word == "for" and not _FOR.fullmatch(words):
                raise _unread(tag)
            _refuse_syntax(tag, f"{{%{words}%}}{{%end{word}%}}")
            open_tags.append((word, tag))
        elif word in _CLOSES:
            if not open_tags or open_tags.pop()[0] != _CLOSES[word]:
                raise Refusal("template-tag-open", f"Lệnh «{tag}» không khớp với lệnh mở nào trước nó.")
        elif word not in ("else", "elif") or not open_tags:
            raise _unread(tag)


def _refuse_syntax(tag: str, source: str) -> None:
    try:
        tree = TemplateEnvironment().parse(source)
    except TemplateSyntaxError as fault:
        raise _unread(tag) from fault
    refuse_program(tree)


def _unread(tag: str) -> Refusal:
    return Refusal("template-tag-unread", f"Trường «{shortened(tag, 60)}» viết sai nên bot không đọc được.")


def _refuse_fields(kind: PaperKind, content: bytes) -> None:
    known = {field.name: field for field in fields_of(kind)}
    try:
        used = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(TemplateEnvironment())
    except TemplateError as fault:
        raise Refusal("template-broken", f"Bot không đọc được mẫu: {fault.message}.") from fault
    if unknown := sorted(used - known.keys()):
        told = listed((_guess(name, known) for name in unknown), more="trường khác")
        raise Refusal("template-field-unknown", f"Mẫu có trường không có trong văn bản này: {told}.")
    if missing := [field for field in known.values() if field.is_required and field.name not in used]:
        told = listed((f"{{{{ {field.name} }}}} ({field.meaning})" for field in missing), more="trường khác")
        raise Refusal("template-field-missing", f"Mẫu thiếu trường bắt buộc: {told}.")


def _guess(name: str, known: dict[str, Any]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"{name} (có phải «{near[0]}»?)" if near else name


def _try_out(kind: PaperKind, content: bytes) -> None:
    """Raise Refusal if no paper can be made of it, filled or empty: a column may be unknown, or a row tag misplaced."""
    fields = fields_of(kind)
    for values in ({field.name: field.sample for field in fields}, {field.name: field.nothing for field in fields}):
        try:
            Document(BytesIO(render_paper(content, values)))
        except UndefinedError as fault:
            name = re.findall(r"'([^']+)'", fault.message or "")
            raise Refusal(
                "template-field-unknown", f"Mẫu có trường không có trong danh sách: «{name[-1] if name else '?'}»."
            ) from fault
        except TemplateError as fault:
            raise Refusal("template-broken", f"Bot không đọc được mẫu: {fault.message}.") from fault
