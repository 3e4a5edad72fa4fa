"""A plan of one page as each officer sends it: real PDF bytes, different for each."""

_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Count 1/Kids[3 0 R]>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length {length}>>\nstream\n{words}\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def paper_of(officer: int) -> bytes:
    words = f"BT /F1 13 Tf 80 700 Td (Ke hoach thi dua so {officer}) Tj ET"
    body, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(_OBJECTS, start=1):
        offsets.append(len(body))
        content = one.replace("{length}", str(len(words))).replace("{words}", words)
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(_OBJECTS) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n"
    return f"{body}{tail}%%EOF\n".encode()
