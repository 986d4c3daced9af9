"""The MBG/NBD model: like the BG/NBD, but the first purchase already may have been the last."""

from ckmlab.value.lifetime._geometric_model import GeometricDropoutModel

__all__ = ["ModifiedBetaGeoNBD"]


class ModifiedBetaGeoNBD(GeometricDropoutModel):
    r"""Modified beta-geometric / negative binomial model (MBG/NBD).

    As in :class:`BetaGeoNBD`, but a customer may leave right after the very first purchase, so
    that one-time buyers are not held to be alive for ever.

    .. math::

        L = \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)} \frac{B(a, b+x+1)}{B(a, b)}
        \left[\frac{1}{(\alpha+T)^{r+x}} + \frac{a}{b+x}\frac{1}{(\alpha+t_x)^{r+x}}\right]

    Parameters
    ----------
    data : data frame
        ``frequency``, ``recency``, ``T`` and optionally ``count``, as in :class:`BetaGeoNBD`.
    purchase_covariates, dropout_covariates : sequence of str, optional
        As in :class:`BetaGeoNBD`.

    Raises
    ------
    KeyError, TypeError, ValueError
        For impossible histories, as in :class:`BetaGeoNBD`.

    References
    ----------
    Batislam, E. P., Denizel, M. & Filiztekin, A. (2007). Empirical validation and comparison of
    models for customer base analysis. International Journal of Research in Marketing.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> results = ModifiedBetaGeoNBD(customers).fit()
    >>> bool(results.p_alive().iloc[0] < 1)
    True
    """

    title = "MBG/NBD"
    _shift = 1
