"""Ideas from customers and employees, and the initiatives in which customers take part."""

import numpy as np

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH, YEAR, day
from ckmlab.datasets.streams import choose_rows

__all__ = ["STYLES", "make_ideas", "make_initiatives"]

STYLES = np.array(
    [
        "prosumerism",
        "team-based co-learning",
        "mutual innovation",
        "communities of creation",
        "joint IP",
    ],
    dtype=object,
)

_IDEAS = 1 / 15  # per customer
_FROM_CUSTOMERS = 0.7
_LEAD_SHARE = 0.25
_NPV = (8.0, 1.0)  # mean and deviation of log net present value, euros
_LEAD_GAIN = np.log(3.0)
_BLIND_NOISE = 0.8
_HANDICAP = 0.9  # log-odds that a customer's idea loses for being a customer's

# Mean signature of an initiative by style: customers (log), contacts a month (log), share of
# experts, share of replies among customers, share of revenue passed on.
_SIGNATURES = np.array(
    [
        [4.5, 0.2, 0.15, 0.05, 0.00],
        [2.7, 1.6, 0.35, 0.30, 0.02],
        [1.8, 2.2, 0.80, 0.20, 0.03],
        [5.2, 1.2, 0.45, 0.75, 0.00],
        [1.6, 2.0, 0.60, 0.25, 0.22],
    ]
)
_SPREADS = np.array([0.35, 0.30, 0.08, 0.07, 0.02])
_INITIATIVES_PER_STYLE = 6


def make_ideas(setting, people, staff):
    """Collect ideas, score them blindly, adopt some, and look back at what they earned.

    Parameters
    ----------
    setting : Setting
        The district.
    people, staff : dict
        Customers and employees.

    Returns
    -------
    dict of str to array
        Columns of ``ideas``, ordered by date; ``npv_true`` is what each would earn if adopted.
    """
    draw = setting.streams
    n = max(10, round(_IDEAS * setting.size))
    by_customer = draw.uniform("ideas.origin", n) < _FROM_CUSTOMERS
    customer = np.where(by_customer, _contributors(setting, people, n), -1)
    employee = np.where(by_customer, -1, draw.whole("ideas.employee", n, setting.staff))
    lead = by_customer & people["lead_user"][customer]
    when = np.sort(YEAR * PERIODS * draw.uniform("ideas.ts", n))
    worth = _NPV[0] + _NPV[1] * draw.normal("ideas.npv", n) + _LEAD_GAIN * lead
    blind = (worth - _NPV[0]) / _NPV[1] + _BLIND_NOISE * draw.normal("ideas.blind_score", n)
    odds = 1.1 * blind - 1.2 - _HANDICAP * by_customer
    adopted = draw.uniform("ideas.adopted", n) < 1 / (1 + np.exp(-odds))
    npv = np.exp(worth)
    luck = np.exp(0.25 * draw.normal("ideas.npv_realised", n) - 0.25**2 / 2)
    waited = draw("ideas.reply_days").gamma(2.0, np.where(by_customer, 14.0, 5.0))
    relaunched = when >= YEAR * (RELAUNCH - 1)
    need = choose_need(setting, "ideas.need", lead_user=lead, relaunched=relaunched)
    kind = np.full(n, kinds().index(("contact", "idea")))
    return {
        "idea_id": setting.ids(n),
        "origin": np.where(by_customer, "customer", "employee").astype(object),
        "customer_id": nullable(people["customer_id"], customer),
        "employee_id": nullable(staff["employee_id"], employee),
        "ts": day(when),
        "style": STYLES[_style(draw, n, by_customer, lead)],
        "text": write_sentences(
            kind,
            need,
            draw.uniform("ideas.text", n, UNIFORMS_PER_ROW),
            relaunched=setting.scenario.drift & relaunched,
            decorate=by_customer,
        ),
        "blind_score": np.clip(np.round(50 + 16 * blind), 0, 100).astype(np.int64),
        "reply_days": np.ceil(waited).astype(np.int64),
        "told_outcome": draw.uniform("ideas.told", n) < np.where(by_customer, 0.35, 0.8),
        "adopted": adopted,
        "npv_realised": np.where(adopted, np.round(npv * luck, 2), np.nan),
        "npv_true": np.round(npv, 2),
        "lead_user": lead,
        "need_id": need + 1,
    }


def make_initiatives(setting):
    """Thirty joint initiatives of the whole company, six of each style of engagement.

    Parameters
    ----------
    setting : Setting
        Any district of the company.

    Returns
    -------
    dict of str to array
        Columns of ``initiatives``; ``style_true`` is latent.
    """
    draw = setting.shared
    n = _INITIATIVES_PER_STYLE * len(STYLES)
    style = np.argsort(draw.uniform("initiatives.style", n), kind="stable") % len(STYLES)
    noise = draw.normal("initiatives.signature", n, len(_SPREADS))
    signature = _SIGNATURES[style] + _SPREADS * noise
    shares = np.round(np.clip(signature[:, 2:], 0, 1), 3)
    return {
        "initiative_id": np.arange(1, n + 1),
        "customers": np.maximum(2, np.round(np.exp(signature[:, 0]))).astype(np.int64),
        "contacts_per_month": np.round(np.exp(signature[:, 1]), 1),
        "expert_share": shares[:, 0],
        "reply_share": shares[:, 1],
        "revenue_share": shares[:, 2],
        "style_true": STYLES[style],
    }


def _contributors(setting, people, n):
    """A quarter of the customers' ideas comes from lead users, who are four in a hundred."""
    draw = setting.streams
    leads = np.flatnonzero(people["lead_user"])
    anyone = draw.whole("ideas.customer", n, setting.size)
    if not len(leads):
        return anyone
    leading = leads[draw.whole("ideas.lead_user", n, len(leads))]
    return np.where(draw.uniform("ideas.who", n) < _LEAD_SHARE, leading, anyone)


def _style(draw, n, by_customer, lead):
    table = [[0.1, 0.6, 0.2, 0.1, 0.0], [0.4, 0.1, 0.1, 0.35, 0.05], [0.1, 0.05, 0.55, 0.1, 0.2]]
    return choose_rows(draw.uniform("ideas.style", n), table, by_customer.astype(int) + lead)
