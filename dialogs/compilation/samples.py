"""Sample of a compiled report, from which its windows can be drawn without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal

from domain.compilation.aggregation import Comparison
from domain.duties.tallies import TallyPart
from domain.plans.deadlines import DutyKind
from domain.plans.indicators import Aggregate, Better
from domain.units import UnitKind
from usecases.compilation.views import Compilation, CompiledGroup, CompiledIndicator, CompiledUnit


def _indicator(code: str, name: str, uom: str, aggregate: Aggregate | None) -> CompiledIndicator:
    is_total = aggregate in (Aggregate.SUM, Aggregate.MEAN)
    value = Decimal("1234.5") if is_total else None
    return CompiledIndicator(
        code=code,
        name=name,
        uom=uom,
        group="Kinh tế - xã hội",
        aggregate=aggregate,
        weight="",
        better=Better.HIGHER,
        whole=False,
        value=value,
        pledged=Decimal(1300) if is_total else None,
        previous=Decimal(1100) if is_total else None,
        counted=9,
        asked=12,
        clusters=(CompiledGroup("Cụm 1", value, 4, 6, 4), CompiledGroup("Cụm 2", None, 5, 6, 0)),
        kinds=(CompiledGroup("Xã, phường, đặc khu", value, 9, 12, 9),),
        against_pledge=Comparison(Decimal("1234.5"), Decimal(1300), 9) if is_total else None,
        against_previous=Comparison(Decimal(1200), Decimal(1100), 8) if is_total else None,
        previous_uom=None if is_total else "triệu đồng",
    )


def _unit(number: int, part: TallyPart) -> CompiledUnit:
    is_done = part is TallyPart.ON_TIME
    return CompiledUnit(
        unit_id=number,
        name=f"Phường {number}",
        kind=UnitKind.COMMUNE,
        cluster_id=1,
        cluster_name="Cụm 1",
        part=part,
        handed_in_at=datetime(2026, 5, 11, 9, 30, tzinfo=UTC) if is_done else None,
        as_of=date(2026, 4, 30) if is_done else None,
        extended_to=None,
    )


COMPILATION = Compilation(
    duty_id=1,
    plan_code="mau-2026",
    code="bao-cao-6-thang",
    kind=DutyKind.REPORT,
    year=2026,
    turn=0,
    title="Báo cáo 6 tháng 2026",
    period="6 tháng đầu năm 2026",
    previous_period="6 tháng 2025",
    authority_id=1,
    authority_name="UBND tỉnh Mẫu",
    office_name="Sở Nội vụ",
    issuer="UBND tỉnh Mẫu",
    at=datetime(2026, 5, 12, 10, 42, tzinfo=UTC),
    last_valid_day=date(2026, 5, 14),
    owed=12,
    handed_in=9,
    indicators=(
        _indicator("thu-ngan-sach", "Thu ngân sách", "tỷ đồng", Aggregate.SUM),
        _indicator("thu-nhap", "Thu nhập bình quân đầu người", "triệu đồng/người/năm", Aggregate.NONE),
        _indicator("giai-ngan", "Tỷ lệ giải ngân vốn đầu tư công", "%", None),
    ),
    units=tuple(_unit(number, TallyPart.ON_TIME if number < 10 else TallyPart.OWED) for number in range(1, 13)),
)
