"""Bootstrap of a lifetime model: the fit repeated on customers drawn again with replacement."""

import copy
import warnings
from functools import cached_property

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from ckmlab.arguments import check_count, check_share
from ckmlab.value.lifetime._collapse import Collapsed
from ckmlab.value.lifetime._newton import ConvergenceWarning, maximise

__all__ = ["Bootstrap", "resampled"]

MAX_PASSES = 100


class Bootstrap:
    """Refits to resampled customers, and intervals of whatever the results can tell.

    Attributes
    ----------
    params : pandas.DataFrame
        One row a replicate, one column a parameter.
    failed : int
        Replicates without a maximum; they are left out.
    """

    def __init__(self, results, points, failed):
        self._results = results
        self._points = points
        self.failed = failed

    @cached_property
    def params(self):
        """Estimates of every replicate."""
        values = [self._results.model._from_theta(point) for point in self._points]
        return pd.DataFrame(values, columns=self._results.params.index)

    def conf_int(self, alpha=0.05):
        """Percentile intervals of the parameters.

        Parameters
        ----------
        alpha : float, default 0.05
            One minus the confidence level, named as in statsmodels.

        Returns
        -------
        pandas.DataFrame
            Columns 0 (low) and 1 (high).
        """
        check_share("alpha", alpha, ends=False)
        return self.params.quantile([alpha / 2, 1 - alpha / 2]).T.set_axis([0, 1], axis=1)

    def interval(self, function, *, confidence=0.95):
        """Percentile interval of anything computed from the results.

        Parameters
        ----------
        function : callable
            Results → number, array or Series, such as ``lambda fit: fit.predict(52)`` or
            ``lambda fit: fit.predict(52).sum()``; called once for every replicate.
        confidence : float, default 0.95
            Level of the interval.

        Returns
        -------
        pandas.DataFrame
            ``value`` (of the fit itself), ``low``, ``high``.
        """
        tail = (1 - check_share("confidence", confidence, ends=False)) / 2
        value = function(self._results)
        index = value.index if isinstance(value, pd.Series) else None
        rounds = tqdm(self._points, desc="replicates", delay=2, leave=False)
        found = np.array([np.ravel(function(self._moved(point))) for point in rounds])
        low, high = np.quantile(found, [tail, 1 - tail], axis=0)
        return pd.DataFrame({"value": np.ravel(value), "low": low, "high": high}, index=index)

    def _moved(self, point):
        """The results as they would be with other estimates, for predictions."""
        twin = copy.copy(self._results)
        twin._theta = point
        names = self._results.params.index
        twin.params = pd.Series(self._results.model._from_theta(point), index=names, name="params")
        return twin

    def __repr__(self):
        return f"<Bootstrap of {self._results!r}: {len(self._points)} replicates>"


def resampled(results, n, seed):
    """Refit a model ``n`` times to as many customers, drawn with replacement.

    Customers with the same history are one row, so that a resample is new weights of the same rows:
    nothing is copied, and every search begins at the estimate.
    """
    n = check_count("n", n, least=2)
    model = results.model
    rows = model._scaled(model.rows)
    share = rows.weights / rows.weights.sum()
    customers = round(rows.weights.sum())
    search = {"logs": len(model.names), "max_passes": MAX_PASSES}
    rng = np.random.default_rng(seed)
    points, failed = [], 0
    for _ in tqdm(range(n), desc="bootstrap", delay=2, leave=False):
        weights = rng.multinomial(customers, share).astype(float)
        sample = Collapsed(rows.columns, weights).part(weights > 0)
        top = maximise(model._objective(sample), results._theta, **search)
        if top.problem:
            failed += 1
        else:
            points.append(top.point)
    if len(points) < 2:
        raise ValueError(
            f"{model.title}: only {len(points)} of {n} resamples have a maximum; the data do not "
            "identify the parameters"
        )
    if failed:
        warnings.warn(
            f"{model.title}: {failed} of {n} resamples have no maximum and are left out, so that "
            "intervals are too narrow; read them with care",
            ConvergenceWarning,
            stacklevel=3,
        )
    return Bootstrap(results, points, failed)
