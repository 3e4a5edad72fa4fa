import pytest

from domain.successions import is_additive


@pytest.mark.parametrize("uom", ["hộ", "người", "tỷ đồng", "triệu đồng", "mô hình", "lượt", "vụ", "hoạt động"])
def test_counts_and_amounts_add_up(uom: str) -> None:
    assert is_additive(uom)


@pytest.mark.parametrize("uom", ["%", "‰", "triệu đồng/người/năm", "điểm", "hạng", "Chỉ số", "người bình quân"])
def test_shares_and_grades_do_not(uom: str) -> None:
    assert not is_additive(uom)
