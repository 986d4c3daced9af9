"""How sure are the figures of a partial least squares model? Respondents drawn again."""

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from ckmlab.arguments import check_count, check_share, choose
from ckmlab.studies.simulation import simulate_exact

__all__ = ["pls_bootstrap"]


def pls_bootstrap(
    fit, *, resamples=500, confidence=0.95, method="percentile", seed, progress=False
):
    """Standard errors and intervals of a model's loadings, paths and total effects.

    Each resample draws respondents with replacement and fits the whole model again; constructs
    keep the sign in which their items load positively. Where the fit rests on a correlation matrix
    alone, the rows are normal ones with exactly these correlations, and the errors are those of
    normal data.

    Parameters
    ----------
    fit : PLSResults
        What :func:`ckmlab.studies.pls_path_model` returned.
    resamples : int, default 500
        Number of resamples.
    confidence : float, default 0.95
        Level of the intervals.
    method : {"percentile", "bca"}
        Percentiles, or bias-corrected and accelerated ones (Efron 1987), which need as many more
        fits as there are respondents.
    seed : int
        Same seed, same result.
    progress : bool, default False
        Whether to show a progress bar.

    Returns
    -------
    pandas.DataFrame
        One line a figure: ``kind`` (loading, path, total), ``source`` (construct), ``target``
        (item or construct), ``estimate, bias, se, low, high``.

    Raises
    ------
    ValueError
        If n is unknown.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals.

    Examples
    --------
    >>> from ckmlab.studies import pls_path_model
    >>> R = pd.DataFrame(np.full((4, 4), .3) + .7 * np.eye(4), columns=list("abcd"))
    >>> fit = pls_path_model(correlation=R, blocks={"x": ["a", "b"], "y": ["c", "d"]},
    ...                      paths={"y": ["x"]}, n=100)
    >>> table = pls_bootstrap(fit, resamples=100, seed=1)
    >>> table["kind"].value_counts().to_dict()
    {'loading': 4, 'path': 1, 'total': 1}
    """
    choose("method", method, ["percentile", "bca"])
    resamples = check_count("resamples", resamples, least=50)
    confidence = check_share("confidence", confidence, ends=False)
    values = _standard_rows(fit, seed)
    n = len(values)
    draws = np.random.default_rng(seed).integers(n, size=(resamples, n))
    figures = _Figures(fit)
    bar = tqdm(draws, desc="bootstrap", unit="fit", disable=not progress)
    replicates = np.array([figures(values[draw]) for draw in bar])
    estimate = figures(values)
    tail = np.full((2, len(estimate)), [[(1 - confidence) / 2], [(1 + confidence) / 2]])
    if method == "bca":
        left_out = np.array([figures(np.delete(values, row, axis=0)) for row in range(n)])
        tail = _bca_tails(tail, estimate, replicates, left_out)
    ends = [[np.quantile(r, q) for r, q in zip(replicates.T, t, strict=True)] for t in tail]
    return figures.labels.assign(
        estimate=estimate,
        bias=replicates.mean(axis=0) - estimate,
        se=replicates.std(axis=0, ddof=1),
        low=ends[0],
        high=ends[1],
    )


def _standard_rows(fit, seed):
    if fit.rows is not None:
        return fit.rows[fit.model.items].to_numpy()
    if fit.n is None:
        raise ValueError("pls_bootstrap needs the sample size: fit the model with n=…")
    return simulate_exact(fit.correlation, fit.n, seed=seed).to_numpy()


class _Figures:
    """From rows to the vector of all figures of the model, and what each figure is."""

    def __init__(self, fit):
        self.model = fit.model
        own = [self.model.constructs.index(name) for name in self.model.owner]
        self.own = (np.arange(len(own)), own)
        pairs = [(b, to) for to, back in self.model.predictors.items() for b in back]
        self.edges = ([to for _, to in pairs], [b for b, _ in pairs])
        effects = fit.effects
        place = self.model.constructs.index
        self.reached = (
            [place(t) for t in effects["target"]],
            [place(s) for s in effects["source"]],
        )
        name = self.model.constructs
        lines = [("loading", c, i) for c, i in zip(self.model.owner, self.model.items, strict=True)]
        lines += [("path", name[b], name[to]) for b, to in pairs]
        lines += list(
            zip(["total"] * len(effects), effects["source"], effects["target"], strict=True)
        )
        self.labels = pd.DataFrame(lines, columns=["kind", "source", "target"])

    def __call__(self, rows):
        correlation = np.corrcoef(rows, rowvar=False)
        weights, _ = self.model.fit(correlation, tolerance=1e-7)
        scores = weights.T @ correlation @ weights
        direct = np.zeros_like(scores)
        for to, back in self.model.predictors.items():
            direct[to, back] = np.linalg.solve(scores[np.ix_(back, back)], scores[back, to])
        identity = np.eye(len(scores))
        total = np.linalg.inv(identity - direct) - identity
        loadings = (correlation @ weights)[self.own]
        return np.concatenate([loadings, direct[self.edges], total[self.reached]])


def _bca_tails(tail, estimate, replicates, left_out):
    """Tail probabilities moved for bias and for an error that changes with the value."""
    from scipy.stats import norm

    below = (replicates < estimate).mean(axis=0) + (replicates == estimate).mean(axis=0) / 2
    shift = norm.ppf(np.clip(below, 0.5 / len(replicates), 1 - 0.5 / len(replicates)))
    apart = left_out.mean(axis=0) - left_out
    spread = (apart**2).sum(axis=0) ** 1.5
    bend = np.divide(
        (apart**3).sum(axis=0), 6 * spread, out=np.zeros_like(spread), where=spread > 0
    )
    reached = shift + norm.ppf(tail)
    return norm.cdf(shift + reached / (1 - bend * reached))
