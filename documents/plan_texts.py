"""Reading the document of a plan that somebody sends."""

from domain.errors import Refusal
from domain.plan_texts.readings import PlanReading
from uploads.bounded import ReadingFailed, run_bounded
from uploads.texts.document_text import read_document_text


def read_plan_document(content: bytes) -> PlanReading:
    """Return the deadlines that a .docx, .pdf or .txt file names. It blocks: callers keep it off the event loop.

    Raises Refusal as `read_document_text` does, or if reading takes too long.
    """
    # The grammar of plans is hundreds of patterns, which a bot that reads no plan needs none of.
    from domain.plan_texts.reading import read_plan

    text = read_document_text(content)
    try:
        # A text can be made so that its sentences take minutes to read.
        return run_bounded(read_plan, text)
    except ReadingFailed as fault:
        raise Refusal(
            "plan-text-unread", "Bot không đọc được văn bản này. Anh/chị lưu lại thành .docx hoặc .txt rồi gửi lại."
        ) from fault
