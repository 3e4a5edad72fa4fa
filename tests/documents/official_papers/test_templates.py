"""The shipped templates by NĐ 30/2020, and what of an office's own templates is refused, by name."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document

from documents.official_papers.checking import check_content, check_template
from documents.official_papers.fields import fields_of
from documents.official_papers.masters.contents import make_template
from documents.official_papers.rendering import render_paper
from documents.official_papers.shipped import shipped_template
from domain.official_papers import PaperKind
from tests.support import files
from tests.support.bombs import replaced
from tests.support.refusals import refused
from tests.support.word import attributes, edited, fonts, part, with_part, words

KINDS = pytest.mark.parametrize("kind", PaperKind)
LETTER = PaperKind.SUBMISSION_LETTER
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def sample(kind: PaperKind) -> dict[str, object]:
    return {field.name: field.sample for field in fields_of(kind)}


@KINDS
def test_every_shipped_template_passes_the_check_that_an_offices_own_must_pass(kind: PaperKind) -> None:
    assert len(check_content(kind, f"{kind}.docx", shipped_template(kind))) == 64


@KINDS
def test_every_shipped_template_is_what_the_masters_make(kind: PaperKind) -> None:
    assert part(shipped_template(kind)) == make_template(kind).part.blob.decode()


@KINDS
def test_a_page_has_the_size_margins_and_font_of_the_decree(kind: PaperKind) -> None:
    template = shipped_template(kind)

    margins = {
        side: round(int(attributes(template, "pgMar")[side]) / 56.7) for side in ("top", "bottom", "left", "right")
    }
    size = {side: round(int(value) / 56.7) for side, value in attributes(template, "pgSz").items() if side in "wh"}

    assert margins == {"top": 20, "bottom": 20, "left": 30, "right": 20}
    assert size == {"w": 210, "h": 297}
    assert fonts(template) == {"Times New Roman"}


@KINDS
def test_the_page_number_stands_in_the_top_margin_and_not_on_the_first_page(kind: PaperKind) -> None:
    section = Document(_file_of(kind)).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert "PAGE" not in section.footer._element.xml


def _file_of(kind: PaperKind) -> BytesIO:
    return BytesIO(shipped_template(kind))


@KINDS
def test_a_paper_bears_the_head_of_the_state_and_leaves_number_and_day_empty(kind: PaperKind) -> None:
    text = words(render_paper(shipped_template(kind), sample(kind)))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in text
    assert "Số:      /" in text
    assert "……, ngày …… tháng …… năm" in text


BROKEN = [
    ("{{ kinh_gui }}", "{{ kinh_gu }}", "template-field-unknown", "kinh_gu (có phải «kinh_gui»?)"),
    ("{{ du_thao }}", "DỰ THẢO", "template-field-missing", "{{ du_thao }}"),
    ("{{ dong.ten }}", "{{ dong.ho_ten }}", "template-field-unknown", "ho_ten"),
    ("{{ don_vi_trinh }}", "{{ don_vi_trinh", "template-tag-broken", "{{ don_vi_trinh"),
    ("{{ don_vi_trinh }}", "{ don_vi_trinh }}", "template-tag-broken", "{ don_vi_trinh"),
    ("{{ don_vi_trinh }}", "{{ don vi trinh }}", "template-tag-unread", "{{ don vi trinh }}"),
    ("{%p endfor %}", "", "template-tag-open", "for dong in can_cu"),
    ("{%tr for dong in de_nghi %}", "{%tr for de_nghi %}", "template-tag-unread", "for de_nghi"),
    ("{%tr for dong in de_nghi %}", "{%p for dong in de_nghi %}", "template-markup-broken", "{%tr"),
    ("{{ don_vi_trinh }}", "{{ don_vi_trinh.__class__ }}", "template-program", "__class__"),
    ("{{ don_vi_trinh }}", "{{ don_vi_trinh.a.b }}", "template-program", "«.b»"),
    ("{{ don_vi_trinh }}", "{{ range(9) }}", "template-program", "Call"),
    ("{{ don_vi_trinh }}", "{{ don_vi_trinh * 9 }}", "template-program", "Mul"),
    ("{{ don_vi_trinh }}", "{{ don_vi_trinh | attr('x') }}", "template-program", "|attr"),
    ("{{ don_vi_trinh }}", "{% set a = 1 %}", "template-tag-unread", "set a = 1"),
]


@pytest.mark.parametrize(("old", "new", "code", "named"), BROKEN, ids=[new for _, new, _, _ in BROKEN])
def test_a_fault_of_a_template_is_told_by_its_field(old: str, new: str, code: str, named: str) -> None:
    with refused(code) as caught:
        check_content(LETTER, "to-trinh.docx", edited(shipped_template(LETTER), old, new))

    assert named in caught.value.text


def test_loops_in_loops_are_refused() -> None:
    nested = "{% for a in can_cu %}{% for b in can_cu %}{{ b }}{% endfor %}{% endfor %}"

    with refused("template-program"):
        check_content(LETTER, "to-trinh.docx", edited(shipped_template(LETTER), "{{ don_vi_trinh }}", nested))


def test_a_field_that_word_has_split_over_runs_is_read_as_one() -> None:
    split = "{{ don_vi</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>_trinh }}"

    assert check_content(LETTER, "to-trinh.docx", edited(shipped_template(LETTER), "{{ don_vi_trinh }}", split))


def test_a_field_in_the_properties_of_the_file_cannot_do_more_either() -> None:
    core = part(shipped_template(LETTER), "docProps/core.xml").replace("Tờ trình", "{{ cycler.__init__ }}")

    with refused("template-program"):
        check_content(LETTER, "a.docx", replaced(shipped_template(LETTER), "docProps/core.xml", core.encode()))


def with_macro() -> bytes:
    types = part(shipped_template(LETTER), "[Content_Types].xml").replace(PLAIN, MACRO)
    return replaced(shipped_template(LETTER), "[Content_Types].xml", types.encode())


def linked() -> bytes:
    name = "word/_rels/document.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="x" Type="{office}/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/>'
    relations = part(shipped_template(LETTER), name).replace("</Relationships>", f"{link}</Relationships>")
    return replaced(shipped_template(LETTER), name, relations.encode())


def bomb() -> bytes:
    return replaced(shipped_template(LETTER), "word/document.xml", b" " * 300_000_000)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(with_macro, "template-with-macros", id="macro-enabled"),
        pytest.param(
            lambda: with_part(shipped_template(LETTER), "word/vbaProject.bin", "x"), "template-with-macros", id="macro"
        ),
        pytest.param(linked, "template-linked", id="template from elsewhere"),
        pytest.param(lambda: files.xlsx(("a",)), "template-not-docx", id="workbook"),
        pytest.param(files.pdf, "template-not-docx", id="pdf"),
        pytest.param(files.program, "file-is-program", id="program"),
        pytest.param(lambda: shipped_template(LETTER)[:9000], "file-broken", id="cut off"),
        pytest.param(lambda: b"", "file-empty", id="empty"),
        pytest.param(lambda: bytes(4 * 1024 * 1024 + 1), "template-too-large", id="large"),
        pytest.param(bomb, "file-too-heavy", id="bomb"),
    ],
)
def test_a_file_that_is_no_plain_word_file_is_refused(make: Callable[[], bytes], code: str) -> None:
    with refused(code):
        check_template(LETTER, "mau.docx", make())


def test_a_template_is_checked_in_the_process_that_reads_untrusted_files() -> None:
    checked = check_template(LETTER, "to-trinh.docx", shipped_template(LETTER))

    assert (checked.kind, checked.content) == (LETTER, shipped_template(LETTER))


STRANGE = "Tổ <b>&\"' {{ 7*7 }} {% x %}\n\x0b\x07\x00\u202e\ufffe dòng hai"


def test_texts_are_shown_as_they_are_without_control_characters() -> None:
    rows = [dict.fromkeys(("tt", "ten", "doi_tuong", "hinh_thuc", "don_vi", "ma", "ghi_chu"), STRANGE)]

    paper = render_paper(shipped_template(LETTER), sample(LETTER) | {"de_nghi": rows})

    assert "Tổ <b>&\"' {{ 7*7 }} {% x %}" in words(paper)
    assert " dòng hai" in words(paper)


def test_a_list_of_a_whole_province_is_written_row_by_row() -> None:
    kind = PaperKind.LATE_LIST
    rows = [{"tt": str(n), "ten": f"Đơn vị {n}", "cum": "Cụm 1", "tinh_trang": "Chưa nộp"} for n in range(1, 3322)]

    text = words(render_paper(shipped_template(kind), sample(kind) | {"chua_nop": rows}))

    assert text.count("Đơn vị ") > 3321
    assert "Đơn vị 3321" in text
