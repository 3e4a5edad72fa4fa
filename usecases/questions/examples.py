"""Three questions that fit the asker: about their own units and the duties that are open now."""

from usecases.questions.horizon import Horizon

_FEW = 3


def examples_for(horizon: Horizon) -> tuple[str, ...]:
    """Return three questions as people type them, each of which the bot answers."""
    return tuple(_leaders(horizon) if horizon.sees_status else _officers(horizon))[:_FEW]


def _leaders(horizon: Horizon) -> list[str]:
    duty = _title(horizon)
    cluster = next((f" {cluster.name.casefold()}" for cluster in horizon.clusters.values()), "")
    unit = next((unit.name for unit in horizon.units.values()), "")
    asked = [f"ai chưa nộp {duty}{cluster}" if duty else "quá hạn"]
    asked += [f"{unit} nộp chưa"] if unit else []
    return [*asked, f"hạn {duty} khi nào" if duty else "ai chưa tham gia", "ai chưa tham gia", "quá hạn"]


def _officers(horizon: Horizon) -> list[str]:
    duty = _title(horizon)
    unit = next((unit.name for unit in horizon.own_units), "đơn vị tôi")
    asked = [f"hạn {duty} khi nào"] if duty else []
    asked += [f"{unit} nộp chưa"]
    asked += [f"ai chưa nộp {duty}".strip()] if horizon.own_clusters else []
    return [*asked, f"so với giao ước {unit}", "tôi phải nộp gì"]


def _title(horizon: Horizon) -> str:
    """Return the title of the duty that is due next, without its year."""
    title = horizon.next_due.title.rsplit(" ", 1)[0] if horizon.next_due else ""
    return title[:1].lower() + title[1:]
