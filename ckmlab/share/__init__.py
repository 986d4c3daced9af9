"""Share: whether knowledge reaches the many who need it, how soon, and through whom."""

from ckmlab._lazy import attach

_WHERE = {
    "network": ["access_network", "brokerage", "bus_factor", "dependence_table"],
    "reuse": ["link_rate", "reinvention_rate", "reuse_rate", "uses_per_item"],
    "spread": ["item_reach", "reach"],
    "uptake": ["GroupTest", "first_use", "log_rank", "uptake_curve"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names}
    | dict.fromkeys(["gini", "lorenz", "top_share"], "ckmlab.concentration"),
)
