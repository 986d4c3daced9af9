"""The knowledge store: items about, for and from customers, and where each was looked up."""

import numpy as np

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.interactions import CHANNELS, PROCESSES
from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.problems import REFERENCE
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH, day, moment
from ckmlab.datasets.streams import Slots, choose_rows

__all__ = ["CODERS", "TRAINED", "TYPES", "confusion", "link_interactions", "make_items"]

TYPES = np.array(["about", "for", "from"], dtype=object)
ABOUT, FOR, FROM = range(3)
ORIGINS = np.array(["employee", "database", "customer"], dtype=object)
EMPLOYEE, DATABASE, CUSTOMER = range(3)

_STORED = 0.0335  # share of contacts that leave an item, at the reference capture
_ABOUT_SHARE = 0.50  # of those, about the customer; the rest comes from the customer
_MINED = 0.10  # items mined from the database, per customer
_WRITTEN = 0.165  # items written for customers, per customer, at the reference publishing
_FROM_CUSTOMER = 0.85
_FOR_DATABASE = 0.12
_OFF_MATRIX = 0.06
_CLARITY = np.array(["clear", "ambiguous", "off topic"], dtype=object)
_CLARITY_SHARES = (0.87, 0.08, 0.05)
_WRONG = 0.06
_DUPLICATE = 0.30  # at no organization at all
_HALF_LIFE = np.array([540.0, 180.0, 540.0])

# Where an item is used, by type: Gebert et al.'s matrix of processes (2002).
_USED = {  # campaign, lead, offer, contract, service, complaint, rnd
    "about": (0.40, 0.10, 0.0, 0.0, 0.50, 0.0, 0.0),
    "for": (0.10, 0.05, 0.25, 0.20, 0.40, 0.0, 0.0),
    "from": (0.30, 0.0, 0.0, 0.0, 0.0, 0.0, 0.70),
}
# Creating processes of mined items; lead management is nobody's in the founding texts.
_MINED_IN = (0.0, 0.10, 0.25, 0.25, 0.30, 0.10, 0.0)
_SENSITIVITY = np.array(["public", "internal", "personal", "restricted"], dtype=object)
_SENSITIVITY_BY_TYPE = [
    [0.0, 0.15, 0.65, 0.20],
    [0.70, 0.25, 0.0, 0.05],
    [0.15, 0.60, 0.20, 0.05],
]

# Whose sentences an item is made of: a row per type, a column per origin.
_SPEAKERS = [
    [("about", "employee"), ("about", "database"), ("about", "employee")],
    [("for", "employee"), ("for", "database"), ("for", "employee")],
    [("from", "employee"), ("from", "employee"), ("from", "customer")],
]

# What a coder calls an item (columns) that truly is about, for, from (rows); research design.
CODERS = np.array([[0.88, 0.05, 0.07], [0.06, 0.90, 0.04], [0.15, 0.05, 0.80]])
# What Kestrel's own clerks write down: knowledge from customers passes for something else.
CLERKS = np.array([[0.92, 0.05, 0.03], [0.06, 0.92, 0.02], [0.28, 0.10, 0.62]])
TRAINED = np.array([[0.93, 0.03, 0.04], [0.05, 0.90, 0.05], [0.04, 0.02, 0.94]])


def make_items(setting, people, staff, interactions):
    """Fill the knowledge store of a district.

    Parameters
    ----------
    setting : Setting
        The district.
    people, staff, interactions : dict
        Customers, employees and interactions.

    Returns
    -------
    dict of str to array
        Columns of ``knowledge_items``, ordered by time of creation.
    """
    parts = [
        _from_interactions(setting, interactions),
        _mined(setting, people, first_slot=interactions["slots"]),
    ]
    parts.append(_written(setting, staff, first_slot=interactions["slots"] + parts[1]["slots"]))
    slots = interactions["slots"] + parts[1]["slots"] + parts[2]["slots"]
    items = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    order = np.argsort(items["when"], kind="stable")
    items = {key: column[order] for key, column in items.items()}
    draw = Slots(setting.streams, slots, items["slot"])
    items |= {"item_id": setting.ids(len(order)), "slots": slots}
    items["duplicate_of_row"] = _repeats(setting, draw, items)
    return items | _processes(draw, items) | _describe(setting, draw, people, staff, items)


def _processes(draw, items):
    """Who creates and who uses an item: by the matrix, with a few that go astray."""
    created = np.where(
        draw.uniform("knowledge_items.created") < _OFF_MATRIX,
        draw.whole("knowledge_items.created_slip", 6),
        items["created_code"],
    )
    used = choose_rows(
        draw.uniform("knowledge_items.used"), list(_USED.values()), items["type_code"]
    )
    slip = draw.uniform("knowledge_items.used_slip")
    used = np.where(slip < _OFF_MATRIX, (slip / _OFF_MATRIX * 7).astype(int), used)
    return {"created_process": PROCESSES[created], "used_process": PROCESSES[used]}


def _from_interactions(setting, interactions):
    """What agents store of a contact: something about the customer, or learned from them."""
    draw = Slots(setting.streams, interactions["slots"], interactions["slot"])
    share = _STORED * setting.scenario.capture / REFERENCE["capture"]
    # A campaign contact teaches nothing new, a lead only something about the prospect.
    teaches = interactions["process_code"] > 0
    rows = np.flatnonzero(teaches & (draw.uniform("knowledge_items.stored") < share))
    prospect = interactions["process_code"][rows] == 1
    about = prospect | (draw.uniform("knowledge_items.type")[rows] < _ABOUT_SHARE)
    by_customer = draw.uniform("knowledge_items.origin")[rows] < _FROM_CUSTOMER
    return {
        "when": interactions["when"][rows] + 0.02,
        "type_code": np.where(about, ABOUT, FROM),
        "origin_code": np.where(~about & by_customer, CUSTOMER, EMPLOYEE),
        "created_code": interactions["process_code"][rows],
        "need": interactions["need"][rows],
        "customer": interactions["customer"][rows],
        "agent": interactions["agent"][rows],
        "channel_code": interactions["channel_code"][rows],
        "slot": interactions["slot"][rows],
    }


def _mined(setting, people, first_slot):
    """What analysts and models find in the database about a customer."""
    draw = setting.streams
    n = round(_MINED * setting.size)
    customer = draw.whole("knowledge_items.mined", n, setting.size)
    when = _some_day(draw.uniform("knowledge_items.mined_day", n))
    return {
        "when": when,
        "type_code": np.full(n, ABOUT),
        "origin_code": np.full(n, DATABASE),
        "created_code": draw.pick("knowledge_items.mined_in", n, _MINED_IN),
        "need": choose_need(
            setting,
            "knowledge_items.mined_need",
            lead_user=people["lead_user"][customer],
            relaunched=_relaunched(when),
        ),
        "customer": customer,
        "agent": np.full(n, -1),
        "channel_code": np.full(n, -1),
        "slot": first_slot + np.arange(n),
        "slots": n,
    }


def _written(setting, staff, first_slot):
    """What the house writes for customers; one item per topic is there from the start."""
    draw, topics = setting.streams, len(lexicon().topics)
    n = topics + round(_WRITTEN * setting.size * setting.scenario.publish / REFERENCE["publish"])
    old = np.arange(n) < topics
    day = draw.uniform("knowledge_items.written_day", n)
    when = np.where(old, -400 * day - 1, _some_day(day))
    need = choose_need(
        setting,
        "knowledge_items.written_need",
        lead_user=np.zeros(n, dtype=bool),
        relaunched=_relaunched(when),
    )
    by_database = draw.uniform("knowledge_items.written_origin", n) < _FOR_DATABASE
    # Two authors in three sit in R&D (the last team), the others wherever the question came up.
    developers = np.flatnonzero(staff["team_code"] == staff["team_code"].max())
    author = np.where(
        draw.uniform("knowledge_items.author_team", n) < 0.67,
        developers[draw.whole("knowledge_items.developer", n, len(developers))],
        draw.whole("knowledge_items.author", n, setting.staff),
    )
    return {
        "when": when,
        "type_code": np.full(n, FOR),
        "origin_code": np.where(by_database, DATABASE, EMPLOYEE),
        "created_code": np.full(n, len(PROCESSES) - 1),
        "need": np.where(old, np.arange(n) * NEEDS_PER_TOPIC, need),
        "customer": np.full(n, -1),
        "agent": np.where(by_database, -1, author),
        "channel_code": np.full(n, -1),
        "slot": first_slot + np.arange(n),
        "slots": n,
    }


def _some_day(uniform):
    return np.floor(uniform * 365.25 * PERIODS) + 0.4 + 0.4 * (uniform * 997 % 1)


def _relaunched(when):
    return when >= 365.25 * (RELAUNCH - 1)


def _repeats(setting, draw, items):
    """Let some items say again what an earlier item of the same type and need said."""
    share = _DUPLICATE * (1 - setting.scenario.organize)
    group = items["type_code"] * 1000 + items["need"]
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], group[order], side="left")
    rank = np.arange(len(order)) - starts
    u = draw.uniform("knowledge_items.duplicate")[order]
    again = (u < share) & (rank > 0)
    earlier = order[starts + np.where(again, u / max(share, 1e-9) * rank, 0).astype(int)]
    duplicate_of = np.full(len(order), -1)
    duplicate_of[order] = np.where(again, earlier, -1)
    return _first_in_chain(duplicate_of)


def _first_in_chain(parent):
    """Follow duplicates of duplicates back to the first item that said it."""
    root = np.where(parent < 0, np.arange(len(parent)), parent)
    while not np.array_equal(root[root], root):
        root = root[root]
    return np.where(parent < 0, -1, root)


def _describe(setting, draw, people, staff, items):
    kind = items["type_code"]
    span = _HALF_LIFE[kind] * (0.7 + 0.6 * draw.uniform("knowledge_items.valid"))
    coded = draw.uniform("knowledge_items.coded")
    sensitivity = choose_rows(
        draw.uniform("knowledge_items.sensitivity"), _SENSITIVITY_BY_TYPE, kind
    )
    return {
        "origin": ORIGINS[items["origin_code"]],
        "ktype_true": TYPES[kind],
        "ktype_coded": TYPES[choose_rows(coded, confusion(setting, CLERKS), kind)],
        "customer_id": nullable(people["customer_id"], items["customer"]),
        "employee_id": nullable(staff["employee_id"], items["agent"]),
        "created_at": moment(items["when"]),
        "valid_until": day(items["when"] + span),
        "confidence": np.round(draw.beta("knowledge_items.confidence", 6.0, 2.0), 2),
        "sensitivity": _SENSITIVITY[sensitivity],
        "channel": np.where(items["channel_code"] < 0, "none", CHANNELS[items["channel_code"]]),
        "need_id": items["need"] + 1,
        "duplicate_of": nullable(items["item_id"], items["duplicate_of_row"]),
        "correct": draw.uniform("knowledge_items.correct") >= _WRONG,
        "half_life": _HALF_LIFE[kind],
        "span": span,
        **_texts(setting, draw, items),
    }


def _texts(setting, draw, items):
    """A sentence per item; some could be of any type, some say nothing of use."""
    index = {pair: number for number, pair in enumerate(kinds())}
    by_type = np.array([[index[pair] for pair in row] for row in _SPEAKERS])
    clarity = draw.pick("knowledge_items.clarity", _CLARITY_SHARES)
    plain = by_type[items["type_code"], items["origin_code"]]
    vague = [index["ambiguous", "any"], index["offtopic", "any"]]
    uniform = draw.uniform("knowledge_items.text", UNIFORMS_PER_ROW)
    text = write_sentences(
        np.select([clarity == 1, clarity == 2], vague, plain),
        items["need"],
        uniform,
        relaunched=setting.scenario.drift & _relaunched(items["when"]),
    )
    wording = {"sentence_kind": plain, "wording": uniform[:, 0]}
    return {"clarity": _CLARITY[clarity], "text": text} | wording


def confusion(setting, usual, *, otherwise=None):
    """How a coder's labels (columns) depend on the true type (rows).

    Parameters
    ----------
    setting : Setting
        The district; the trap ``coder_error`` and its strength say how often coders err.
    usual : array of shape (k, k)
        Probabilities at strength 1.
    otherwise : array of shape (k, k), optional
        Probabilities when the trap is off; by default coders then never err.

    Returns
    -------
    array of shape (k, k)
    """
    right = np.eye(len(usual))
    if not setting.scenario.coder_error:
        return right if otherwise is None else otherwise
    errors = usual * setting.scenario.coder_strength * (1 - right)
    return errors + np.diag(1 - errors.sum(axis=1))


def link_interactions(setting, interactions, items):
    """Name the item that was looked up in each contact that used the store.

    Parameters
    ----------
    setting : Setting
        The district.
    interactions, items : dict
        Interactions and knowledge items.

    Returns
    -------
    array of int
        Rows of items; -1 where nothing was looked up.
    """
    span = 10_000.0
    item_key = (items["need"] // NEEDS_PER_TOPIC) * span + items["when"]
    order = np.argsort(item_key, kind="stable")
    topic = interactions["need"] // NEEDS_PER_TOPIC
    first = np.searchsorted(item_key[order], topic * span - span / 2, side="left")
    last = np.searchsorted(item_key[order], topic * span + interactions["when"], side="left")
    # The latest items come up first in a search.
    draw = Slots(setting.streams, interactions["slots"], interactions["slot"])
    u = draw.uniform("interactions.item") ** 2
    place = last - 1 - (u * (last - first)).astype(int)
    return np.where(interactions["kb_used"], order[place], -1)
