"""Employees: teams, roles, how skilled they are and how much they keep to themselves."""

import numpy as np

from ckmlab.datasets.kestrel.setting import LAUNCH

__all__ = ["TEAMS", "make_staff"]

TEAMS = np.array(["service", "shop", "sales", "contracts", "marketing", "R&D"], dtype=object)
_TEAM_SHARES = (0.36, 0.2, 0.16, 0.1, 0.08, 0.1)
_DESK_TEAMS = 4  # the first four teams talk to customers
_ROLES = {
    "service": ("agent", "second line", "team lead"),
    "shop": ("shop assistant", "shop assistant", "shop manager"),
    "sales": ("account manager", "account manager", "sales lead"),
    "contracts": ("clerk", "clerk", "team lead"),
    "marketing": ("campaign manager", "analyst", "head of marketing"),
    "R&D": ("engineer", "engineer", "product owner"),
}
_LOCATIONS = np.array(["harbour branch", "head office", "old town branch", "remote"], dtype=object)
_SKILL_SD = 0.03


def make_staff(setting):
    """Draw the employees of a district.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to array
        Public columns of ``employees`` and the latent ones; ``desk`` lists the rows of those who
        talk to customers, ``near`` says who does so every day.
    """
    n, draw = setting.staff, setting.streams
    # Teams are filled by quota, so that even a small firm has every team.
    edges = np.cumsum(_TEAM_SHARES) / sum(_TEAM_SHARES)
    team = np.searchsorted(edges, (np.arange(n) + 0.5) / n)
    level = draw.pick("employees.role", n, (0.7, 0.2, 0.1))
    roles = np.array([_ROLES[name] for name in TEAMS], dtype=object)
    hired = np.floor(-3650 * draw.uniform("employees.hired", n) ** 1.5)
    return {
        "employee_id": setting.ids(n),
        "team_code": team,
        "team": TEAMS[team],
        "role": roles[team, level],
        "hired": (LAUNCH + hired.astype("timedelta64[D]")).astype("datetime64[s]"),
        "birth_year": np.floor(1956 + 40 * draw.uniform("employees.birth_year", n)).astype(
            np.int64
        ),
        "location": _LOCATIONS[draw.pick("employees.location", n, (0.2, 0.45, 0.2, 0.15))],
        "skill": _SKILL_SD * draw.normal("employees.skill", n),
        "hoarding": draw("employees.hoarding").beta(2.0, 4.0, size=n),
        "near": (team < _DESK_TEAMS) & (level < 2),
        "desk": np.flatnonzero(team < _DESK_TEAMS),
    }
