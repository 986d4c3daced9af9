"""The BG/NBD model: repeat buying of customers who may silently leave after any purchase."""

from ckmlab.value.lifetime._geometric_model import GeometricDropoutModel

__all__ = ["BetaGeoNBD"]


class BetaGeoNBD(GeometricDropoutModel):
    r"""Beta-geometric / negative binomial model of repeat buying (BG/NBD).

    While alive a customer buys at random (Poisson) at a rate :math:`\lambda`; after every repeat
    purchase the customer leaves for ever with chance p, unseen. Customers differ:
    :math:`\lambda \sim \text{gamma}(r, \alpha)`, :math:`p \sim \text{beta}(a, b)`.

    .. math::

        L = \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)} \frac{B(a, b+x)}{B(a, b)}
        \left[\frac{1}{(\alpha+T)^{r+x}}
        + \delta_{x>0}\frac{a}{b+x-1}\frac{1}{(\alpha+t_x)^{r+x}}\right]

    Parameters
    ----------
    data : data frame
        One row per customer, of any library: ``frequency`` (repeat purchases, x), ``recency``
        (age at the last purchase, t_x; 0 without repeat purchase) and ``T`` (age now), times in
        any one unit. An optional ``count`` is the number of customers with that history. A lazy
        frame (Polars, DuckDB, Dask, PySpark) is grouped in its own engine, and per-customer
        results then come per distinct history. ``value.behaviour.summary`` makes these columns.
    purchase_covariates : sequence of str, optional
        Columns that move the buying rate: α of customer i is α · exp(−γ z). A positive
        coefficient ``purchase:z`` means faster buying (Fader & Hardie 2007).
    dropout_covariates : sequence of str, optional
        Columns that move dropout: a · exp(γ z) and b · exp(γ′ z), coefficients ``a:z``, ``b:z``.

    Raises
    ------
    KeyError, TypeError, ValueError
        For missing columns, missing values, fractional or negative frequency, recency after T,
        recency without a repeat purchase, no repeat purchase at all, or fewer customers than
        parameters.

    Notes
    -----
    In this model nobody leaves before the first repeat purchase: P(alive) of a customer with
    frequency 0 is exactly 1, however long ago. If that is absurd for your data, use
    :class:`ModifiedBetaGeoNBD` or :class:`ParetoNBD`.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way: an
    alternative to the Pareto/NBD model. Marketing Science 24(2).
    Fader, P. S. & Hardie, B. G. S. (2007). Incorporating time-invariant covariates into the
    Pareto/NBD and BG/NBD models.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> results = BetaGeoNBD(customers).fit()
    >>> results.params.index.tolist()
    ['r', 'alpha', 'a', 'b']
    >>> results.p_alive().round(2).tolist()
    [1.0, 0.26, 0.58, 0.41, 0.8, 0.94]
    """

    title = "BG/NBD"
    note = "P(alive) is 1 for every customer without a repeat purchase: a property of the model."
    _shift = 0
