"""A cohort under contract that may be left once a period: the shifted-beta-geometric model."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive
from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import stream

__all__ = ["make_contract_cohort"]


def make_contract_cohort(
    n_customers=1000, *, seed, alpha=0.704, beta=1.182, periods=8, truth=False
):
    r"""Customers acquired together, each with an own churn probability that never changes.

    Customer *i* leaves at the end of any period with probability
    :math:`\theta_i \sim \mathrm{Beta}(\alpha, \beta)`. The share still there after *t* periods is
    :math:`S(t) = B(\alpha, \beta + t) / B(\alpha, \beta)` and the retention rate
    :math:`r_t = (\beta + t - 1) / (\alpha + \beta + t - 1)`: it rises although nobody changes,
    because those likely to leave have left.

    Parameters
    ----------
    n_customers : int, default 1000
        Customers at the start. Asking for more leaves the first ones unchanged.
    seed : int
        Start of the random streams.
    alpha, beta : float
        Shape of the churn probabilities, without unit; the default was estimated on the regular
        customers of Fader & Hardie (2007), their high-end customers gave .668 and 3.806.
    periods : int, default 8
        Renewal periods observed.
    truth : bool, default False
        Whether to return the customers' churn probabilities as well.

    Returns
    -------
    pandas.DataFrame
        One row a customer: ``customer_id``, ``duration`` (periods until the contract ended or the
        observation stopped, 1 to ``periods``), ``churned`` (False where it stopped first).
    pandas.DataFrame
        Only with ``truth=True``: ``customer_id``, ``churn_probability``, ``lifetime`` (periods
        until leaving, also beyond the observation; float because some stay almost for ever).

    Raises
    ------
    ValueError
        If a number is impossible.

    References
    ----------
    Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. Journal of
    Interactive Marketing 21(1), 76–90, doi:10.1002/dir.20074.

    Examples
    --------
    >>> cohort = make_contract_cohort(2000, seed=1)
    >>> bool(abs((cohort.duration > 1).mean() - 1.182 / 1.886) < 0.03)
    True
    """
    n_customers = check_count("n_customers", n_customers, least=1)
    periods = check_count("periods", periods, least=1)
    alpha, beta = check_positive("alpha", alpha), check_positive("beta", beta)
    seed = check_seed(seed)
    churn = stream(seed, "contract_cohort.churn").beta(alpha, beta, n_customers)
    with np.errstate(divide="ignore"):
        # Geometric by inversion; the floor keeps a churn probability of zero from dividing by zero.
        stay = np.log1p(-np.maximum(churn, 1e-300))
        lifetime = np.ceil(
            np.log1p(-stream(seed, "contract_cohort.leave").random(n_customers)) / stay
        )
    lifetime = np.maximum(lifetime, 1.0)
    cohort = pd.DataFrame(
        {
            "customer_id": np.arange(n_customers),
            "duration": np.minimum(lifetime, periods).astype(np.int64),
            "churned": lifetime <= periods,
        }
    )
    if not truth:
        return cohort
    latent = {
        "customer_id": cohort["customer_id"],
        "churn_probability": churn,
        "lifetime": lifetime,
    }
    return cohort, pd.DataFrame(latent)
