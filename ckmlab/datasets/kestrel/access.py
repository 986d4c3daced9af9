"""Control: who may see what for which purpose, who looked, and what left the house."""

import numpy as np

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.setting import PERIODS, YEAR, day, moment
from ckmlab.datasets.kestrel.staff import TEAMS
from ckmlab.datasets.kestrel.store import TYPES
from ckmlab.datasets.streams import Slots

__all__ = ["make_access_log", "make_exports", "make_policies"]

ROLES = np.array([*TEAMS, "partner", "customer"], dtype=object)
PURPOSES = np.array(["service", "sales", "marketing", "research", "training"], dtype=object)
_PARTNER, _CUSTOMER = len(TEAMS), len(TEAMS) + 1

# Purposes allowed by role for about, for, from; a role sees nothing that is not listed.
_ALLOWED = {
    "service": ("service", "service training", "service training"),
    "shop": ("service sales", "service sales training", "service"),
    "sales": ("sales", "sales training", "sales"),
    "contracts": ("service", "service", "service"),
    "marketing": ("marketing", "marketing", "marketing research"),
    "R&D": ("", "research training", "research"),
    "partner": ("", "service sales", ""),
    "customer": ("", "service", ""),
}
_USUAL_PURPOSE = np.array([0, 1, 1, 0, 2, 3, 1, 0])
_MISUSE = 0.04
_OTHER_OPENS = 0.8  # per employee and month
_OUTSIDE = 0.16  # requests from outside, per customer
_REFUSED, _OVERCAUTIOUS = 0.7, 0.08  # of forbidden and of legitimate requests from outside
_DOWNLOADED = 0.04

_EXPORTS = 40
_EXPORT_COLUMNS = np.array(
    [
        "segment;region;birth_year;gender",
        "segment;postcode;birth_year;gender",
        "region;acquisition;plan",
        "customer_id;plan;tenure_start",
        "postcode;birth_year;gender;plan",
        "segment;region",
    ],
    dtype=object,
)
_RECIPIENTS = np.array(["partner", "university", "auditor", "advertising agency"], dtype=object)
_GENERALISATION = np.array(["none", "decade of birth", "two-digit postcode", "both"], dtype=object)


def make_policies():
    """The access policy of the whole company: role, type of knowledge, purpose, allowed or not.

    Returns
    -------
    dict of str to array
        Columns of ``policies``.
    """
    role, kind, purpose = (
        axis.ravel()
        for axis in np.meshgrid(
            np.arange(len(ROLES)), np.arange(len(TYPES)), np.arange(len(PURPOSES)), indexing="ij"
        )
    )
    return {
        "role": ROLES[role],
        "ktype": TYPES[kind],
        "purpose": PURPOSES[purpose],
        "allow": _rules()[role, kind, purpose],
    }


def _rules():
    return np.array(
        [
            [[purpose in text.split() for purpose in PURPOSES] for text in _ALLOWED[role]]
            for role in ROLES
        ]
    )


def make_access_log(setting, staff, interactions, items):
    """Log every look-up in a contact, other reading by staff, and requests from outside.

    Parameters
    ----------
    setting : Setting
        The district.
    staff, interactions, items : dict
        Employees, contacts with their look-ups, and knowledge items.

    Returns
    -------
    dict of str to array
        Columns of ``access_log``, ordered by time; ``allowed_by_policy`` judges by the true type.
    """
    looked = np.flatnonzero(interactions["kb_used"])
    own = _own_reading(setting, staff, items)
    first = interactions["slots"]
    rows = {
        "when": np.concatenate([interactions["when"][looked], own["when"]]),
        "employee": np.concatenate([interactions["agent"][looked], own["employee"]]),
        "role": np.concatenate([staff["team_code"][interactions["agent"][looked]], own["role"]]),
        "item": np.concatenate([interactions["kb_item_row"][looked], own["item"]]),
        "slot": np.concatenate([interactions["slot"][looked], first + np.arange(len(own["when"]))]),
    }
    order = np.argsort(rows["when"], kind="stable")
    rows = {key: column[order] for key, column in rows.items()}
    draw = Slots(setting.streams, first + len(own["when"]), rows["slot"])
    return _judged(setting, draw, staff, items, rows)


def _own_reading(setting, staff, items):
    """Reading that no contact asked for: by staff, by partners, by customers."""
    draw = setting.streams
    outside = round(_OUTSIDE * setting.size)
    reading = round(_OTHER_OPENS * 12 * PERIODS * setting.staff * setting.scenario.share / 0.55)
    n = outside + reading
    when = YEAR * PERIODS * draw.uniform("access_log.ts", n) + 1
    inside = np.arange(n) >= outside
    employee = np.where(inside, draw.whole("access_log.employee", n, setting.staff), -1)
    visitor = np.where(draw.uniform("access_log.visitor", n) < 0.5, _PARTNER, _CUSTOMER)
    # Only what exists already can be read, and the newest is read most.
    existing = np.searchsorted(items["when"], when)
    back = (draw.uniform("access_log.item", n) ** 2 * existing).astype(int)
    return {
        "when": when,
        "employee": employee,
        "role": np.where(inside, staff["team_code"][employee], visitor),
        "item": np.maximum(0, existing - 1 - back),
    }


def _judged(setting, draw, staff, items, rows):
    u = draw.uniform("access_log.purpose")
    strange = np.minimum((u / _MISUSE * len(PURPOSES)).astype(int), len(PURPOSES) - 1)
    purpose = np.where(u < _MISUSE, strange, _USUAL_PURPOSE[rows["role"]])
    allowed = _rules()[rows["role"], items["type_code"][rows["item"]], purpose]
    outside = rows["employee"] < 0
    doubt = draw.uniform("access_log.refused")
    refused = outside & (doubt < np.where(allowed, _OVERCAUTIOUS, _REFUSED))
    downloaded = draw.uniform("access_log.action") < _DOWNLOADED
    action = np.where(refused, "denied", np.where(downloaded, "download", "open"))
    return {
        "log_id": setting.ids(len(u)),
        "employee_id": nullable(staff["employee_id"], rows["employee"]),
        "role": ROLES[rows["role"]],
        "item_id": items["item_id"][rows["item"]],
        "ts": moment(rows["when"]),
        "purpose": PURPOSES[purpose],
        "action": action.astype(object),
        "allowed_by_policy": allowed,
        "breach": ~allowed & ~refused,
    }


def make_exports(setting):
    """Extracts of customer data that left the district.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to array
        Columns of ``exports``, ordered by date.
    """
    draw = setting.streams
    made = np.sort(np.floor(YEAR * PERIODS * draw.uniform("exports.made_on", _EXPORTS)))
    keep = np.array([90, 365, 730])[draw.pick("exports.retention", _EXPORTS, (0.3, 0.5, 0.2))]
    late = draw.uniform("exports.late", _EXPORTS)
    gone = made + keep + np.where(late < 0.2, np.ceil(400 * late), -5)
    share = 0.05 + 0.5 * draw.uniform("exports.n", _EXPORTS)
    return {
        "export_id": setting.ids(_EXPORTS),
        "made_on": day(made),
        "recipient": _RECIPIENTS[draw.pick("exports.recipient", _EXPORTS, (4, 2, 1, 3))],
        "purpose": PURPOSES[draw.pick("exports.purpose", _EXPORTS, (2, 2, 4, 3, 0))],
        "consent_for": np.where(
            draw.uniform("exports.consent", _EXPORTS) < 0.55, "marketing", "research"
        ).astype(object),
        "columns": _EXPORT_COLUMNS[draw.whole("exports.columns", _EXPORTS, len(_EXPORT_COLUMNS))],
        "generalisation": _GENERALISATION[draw.pick("exports.general", _EXPORTS, (4, 2, 2, 1))],
        "n": np.maximum(1, np.round(share * setting.size)).astype(np.int64),
        "delete_by": day(made + keep),
        "deleted_on": day(gone),
        "kept_too_long": gone > made + keep,
    }
