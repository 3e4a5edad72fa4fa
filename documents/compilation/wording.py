"""What is said about an indicator without a total, and about how the figures are put together."""

from domain.plans.indicators import Aggregate
from usecases.compilation.views import CompiledIndicator


def no_total(indicator: CompiledIndicator) -> str:
    """Say why an indicator has no total."""
    if indicator.aggregate is None:
        return "kế hoạch chưa ghi cách cộng"
    return "không gộp" if indicator.aggregate is Aggregate.NONE else "chưa có số liệu"


def way_of(indicator: CompiledIndicator, weights: dict[str, str]) -> str:
    """Say how the figures are put together; `weights` are {indicator code: name}."""
    match indicator.aggregate:
        case None:
            return "kế hoạch chưa ghi cách cộng; số liệu để theo từng đơn vị"
        case Aggregate.SUM:
            return "cộng"
        case Aggregate.MEAN:
            return "trung bình, mỗi đơn vị tính như nhau"
        case Aggregate.WEIGHTED:
            return f"trung bình theo trọng số «{weights.get(indicator.weight, indicator.weight)}»"
        case Aggregate.NONE:
            return "không gộp; số liệu để theo từng đơn vị"
