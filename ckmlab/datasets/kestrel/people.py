"""Customers: who they are, and what they think of the firm before anything happens."""

import numpy as np
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.setting import LAUNCH
from ckmlab.datasets.streams import choose_rows

__all__ = ["ACQUISITION", "LEAD_USERS", "SEGMENTS", "cholesky", "make_people"]

SEGMENTS = np.array(["basic", "premium", "business"], dtype=object)
ACQUISITION = np.array(["campaign", "referral", "walk-in", "web"], dtype=object)
BUSINESS = 2
REFERRAL = 1

_REGIONS = np.array(["harbour", "hills", "lakes", "north", "old town", "plain"], dtype=object)
_REGION_SHARES = (0.22, 0.12, 0.14, 0.13, 0.21, 0.18)
_GENDERS = np.array(["f", "m", "x"], dtype=object)
_PLANS = np.array(
    ["Flex", "Talk", "Home 100", "Home 250", "Family", "Data L", "Business One", "Business Plus"],
    dtype=object,
)
_PLAN_PRICE = np.array([14.9, 9.9, 24.9, 34.9, 44.9, 39.9, 59.9, 119.9])
_PLAN_BY_SEGMENT = [
    [0.4, 0.3, 0.3, 0, 0, 0, 0, 0],
    [0, 0, 0, 0.4, 0.35, 0.25, 0, 0],
    [0, 0, 0, 0, 0, 0, 0.65, 0.35],
]

CONSTRUCTS = ("image", "expectation", "quality", "value", "satisfaction", "handling", "loyalty")

# Correlations between the constructs of the European Customer Satisfaction Index for a mobile
# operator, N = 250 (Tenenhaus et al. 2005, results in Monecke & Leisch 2012), upper triangle.
_ECSI = {
    "image": [0.5047, 0.7489, 0.5082, 0.6927, 0.4746, 0.5641],
    "expectation": [0.5572, 0.3613, 0.5096, 0.2574, 0.3797],
    "quality": [0.5855, 0.7947, 0.5315, 0.5375],
    "value": [0.6061, 0.3547, 0.5296],
    "satisfaction": [0.5261, 0.6563],
    "handling": [0.4183],
}

# Yearly churn probability ~ Beta(a, b) by segment. Basic and premium are the fits to the regular
# and high-end cohorts of Fader & Hardie (2007); business is our own choice.
_CHURN = np.array([[0.704, 1.182], [0.668, 3.806], [0.80, 6.0]])
_DONOR_DROPOUT = (0.657, 2.783)  # Fader, Hardie & Shang's donors (2010)
_DONOR_GIVING = (1.204, 0.750)
_CHURN_SATISFACTION = -0.35

# Purchases per week ~ Gamma(r, alpha): the BG/NBD fit to the CDNOW sample gives the scale.
_PURCHASES = (0.243, 4.414)
_PURCHASE_LOYALTY = 0.3

_REFERRED_HAZARD = 0.82
_LOCKED_IN = 0.22
LEAD_USERS = 0.04
"""Share of customers who are ahead of the market's needs."""


def make_people(setting):
    """Draw the customers of a district.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to array
        Public columns of ``customers`` and the latent ones, one value per customer.
    """
    people = _demography(setting)
    people.update(_attitudes(setting))
    people.update(_propensities(setting, people))
    people["referrer"] = _referrers(setting, people)
    people["referrer_id"] = nullable(people["customer_id"], people["referrer"])
    return people


def _demography(setting):
    n, draw = setting.size, setting.streams
    segment = draw.pick("customers.segment", n, setting.scenario.segment_shares)
    region = draw.pick("customers.region", n, _REGION_SHARES)
    u = draw.uniform("customers.birth_year", n)
    skill = np.clip(np.floor(1 + 5 * u**0.8 + draw.normal("customers.skill_level", n)), 1, 5)
    start = np.floor(366 * draw.uniform("customers.tenure_start", n))
    acquisition = draw.pick("customers.acquisition", n, (0.34, 0.133, 0.217, 0.31))
    # Nobody is there yet to refer the very first customer.
    acquisition[np.argmin(start)] = 0
    plan = choose_rows(draw.uniform("customers.plan", n), _PLAN_BY_SEGMENT, segment)
    return {
        "customer_id": setting.customer_ids(np.arange(n)),
        "segment_code": segment,
        "segment": SEGMENTS[segment],
        "business": segment == BUSINESS,
        "region": _REGIONS[region],
        "birth_year": np.floor(1935 + 65 * u).astype(np.int64),
        "gender": _GENDERS[draw.pick("customers.gender", n, (0.49, 0.49, 0.02))],
        "postcode": _postcodes(draw, region),
        "start": start,
        "tenure_start": (LAUNCH + start.astype("timedelta64[D]")).astype("datetime64[s]"),
        "acquisition_code": acquisition,
        "acquisition": ACQUISITION[acquisition],
        "consent_marketing": draw.chance("customers.consent_marketing", np.full(n, 0.62)),
        "consent_research": draw.chance("customers.consent_research", np.full(n, 0.48)),
        "plan": _PLANS[plan],
        "monthly_price": _PLAN_PRICE[plan],
        "skill_level": skill.astype(np.int64),
    }


def _postcodes(draw, region):
    """Five digits; the first two are the region's, small places are rarer than large ones."""
    n = len(region)
    place = np.floor(40 * draw.uniform("customers.postcode", n) ** 2).astype(np.int64)
    codes = np.array([f"{code:05d}" for code in range(10_000, 10_000 + 6 * 1000)], dtype=object)
    return codes[region * 1000 + place * 7]


def _attitudes(setting):
    """Seven standardised scores per customer with the published correlations."""
    normal = setting.streams.normal("customers.attitudes", setting.size, len(CONSTRUCTS))
    factor = cholesky(_correlations())
    scores = sum(normal[:, [column]] * factor[:, column] for column in range(len(CONSTRUCTS)))
    return dict(zip(CONSTRUCTS, scores.T, strict=True))


def _correlations():
    size = len(CONSTRUCTS)
    matrix = [[1.0] * size for _ in range(size)]
    for row, name in enumerate(CONSTRUCTS[:-1]):
        for column, value in enumerate(_ECSI[name], start=row + 1):
            matrix[row][column] = matrix[column][row] = value
    return matrix


def cholesky(matrix):
    """Lower Cholesky factor in plain arithmetic: no BLAS, so the same bits everywhere.

    Parameters
    ----------
    matrix : list of list of float
        Symmetric and positive definite.

    Returns
    -------
    array

    Examples
    --------
    >>> cholesky([[4.0, 2.0], [2.0, 2.0]]).tolist()
    [[2.0, 0.0], [1.0, 1.0]]
    """
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(
                factor[row][k] * factor[column][k] for k in range(column)
            )
            factor[row][column] = rest**0.5 if row == column else rest / factor[column][column]
    return np.array(factor)


def _propensities(setting, people):
    """What a customer tends to do: leave, buy, talk, lead."""
    n, draw = setting.size, setting.streams
    talk = draw.normal("customers.talkativeness", n)
    rate, scale = _PURCHASES
    loyal = _coupled(draw, "customers.purchases", people["loyalty"], _PURCHASE_LOYALTY)
    # Without `survivorship` customers do not differ in what holds them either.
    locked_in = _LOCKED_IN if setting.scenario.survivorship else 0.0
    leaving = _coupled(draw, "customers.theta", people["satisfaction"], _CHURN_SATISFACTION)
    return {
        "talkativeness": talk,
        "lead_user": draw.chance("customers.lead_user", np.full(n, LEAD_USERS)),
        "locked_in": draw.chance("customers.locked_in", np.full(n, locked_in)),
        "loyal_score": ndtri(loyal),
        "purchases_per_week": gammaincinv(rate, loyal) / scale,
        "giving": betaincinv(*_DONOR_GIVING, loyal),
        "theta": _churn_probability(setting, people, leaving),
    }


def _coupled(draw, name, score, correlation):
    """Uniforms tied to a score by a Gaussian copula."""
    own = draw.normal(name, len(score))
    return ndtr(correlation * score + (1 - correlation**2) ** 0.5 * own)


def _churn_probability(setting, people, uniform):
    """Yearly chance of leaving: a mixture; without ``survivorship`` the same in a segment."""
    a, b = _DONOR_DROPOUT if setting.donors else _CHURN[people["segment_code"]].T
    if not setting.scenario.survivorship:
        return np.broadcast_to(a / np.add(a, b), len(uniform))
    referred = people["acquisition_code"] == REFERRAL
    return np.where(referred, _REFERRED_HAZARD, 1.0) * betaincinv(a, b, uniform)


def _referrers(setting, people):
    """Row of who brought each referred customer; earlier and satisfied ones bring more."""
    start = people["start"]
    order = np.argsort(start, kind="stable")
    pull = np.cumsum(np.exp(0.6 * people["satisfaction"][order]))
    before = np.searchsorted(start[order], start, side="left")
    u = setting.streams.uniform("customers.referrer_id", setting.size)
    total = np.where(before > 0, pull[before - 1], 0)
    chosen = order[np.minimum(np.searchsorted(pull, u * total, side="right"), len(order) - 1)]
    referred = (people["acquisition_code"] == REFERRAL) & (before > 0)
    return np.where(referred, chosen, -1)
