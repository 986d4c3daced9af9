"""Mediation, parallel or serial, from rows or from a printed correlation matrix."""

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ckmlab.arguments import check_count, check_share, choose
from ckmlab.frames import to_pandas
from ckmlab.intervals import normal_quantile
from ckmlab.studies.matrices import read_correlation
from ckmlab.studies.paths import PathModel
from ckmlab.studies.simulation import simulate_exact

__all__ = ["indirect_effects", "mediation", "mediation_from_correlation"]


def mediation(data, x, mediators, y, *, serial=True, method="delta", confidence=0.95,
              resamples=2000, seed=None):  # fmt: skip
    r"""Direct and indirect effects of x on y, in standard deviations.

    Along a route with coefficients a, b, … the indirect effect is their product. The delta method
    (Sobel's test, for one mediator) takes

    .. math:: se^2 = g' V g

    with g the products of the *other* coefficients and V the covariance matrix of all of them; the
    coefficients count as regression slopes of standardised variables. The bootstrap draws
    respondents.

    Parameters
    ----------
    data : data frame
        One row a respondent; any library narwhals takes, computed in pandas.
    x : str
        The cause.
    mediators : str or list of str
        In causal order; with ``serial`` each also depends on those before it.
    y : str
        The outcome.
    serial : bool, default True
        Whether mediators depend on earlier mediators; otherwise they stand side by side.
    method : {"delta", "bootstrap"}
        Normal intervals from the delta method, or percentiles of resampled rows.
    confidence : float, default 0.95
        Level of the intervals.
    resamples : int
        Number of bootstrap samples.
    seed : int
        Needed for the bootstrap.

    Returns
    -------
    pandas.DataFrame
        Indexed by route, then ``direct``, ``indirect`` (all routes through mediators) and
        ``total``: ``estimate, se, low, high, z, p`` (for the bootstrap, se is the standard
        deviation over resamples and there is no z or p).

    References
    ----------
    Sobel, M. E. (1982). Asymptotic confidence intervals for indirect effects in structural
    equation models.

    Zellner, A. (1962). An efficient method of estimating seemingly unrelated regressions.

    Examples
    --------
    >>> rows = simulate_exact([[1, .5, .4], [.5, 1, .6], [.4, .6, 1]], 200, seed=1)
    >>> effects = mediation(rows, "x1", "x2", "x3")
    >>> effects.loc["x1 → x2 → x3", ["estimate", "z"]].round(3).tolist()
    [0.267, 5.767]
    """
    chain = _chain(x, mediators, y)
    choose("method", method, ["delta", "bootstrap"])
    confidence = check_share("confidence", confidence, ends=False)
    rows = to_pandas(data, chain, where="mediation").dropna().astype(float)
    if (rows.std() == 0).any():
        raise ValueError(f"mediation: {rows.columns[rows.std() == 0][0]!r} never varies")
    equations = _equations(chain, serial)
    if method == "delta":
        model = PathModel(read_correlation(rows.corr()), equations, len(rows))
        return indirect_effects(model, x, y, confidence=confidence)
    if seed is None:
        raise ValueError("mediation: the bootstrap draws rows at random; give seed=…")
    resamples = check_count("resamples", resamples, least=100)
    return _bootstrap(rows, equations, chain, confidence, resamples, seed)


def mediation_from_correlation(correlation, x, mediators, y, *, n, serial=True, method="delta",
                               confidence=0.95, resamples=2000, seed=None):  # fmt: skip
    """Mediation when the rows are lost and the correlation matrix is printed.

    The delta method needs nothing else. The bootstrap resamples normal rows with exactly these
    correlations: it shows the skewness of a product, not the lost data's own.

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        The printed matrix.
    x, mediators, y : str
        As for :func:`mediation`.
    n : int
        Sample size.
    serial : bool, default True
        As for :func:`mediation`.
    method : {"delta", "bootstrap"}
        As for :func:`mediation`.
    confidence : float, default 0.95
        Level of the intervals.
    resamples : int
        Number of bootstrap samples.
    seed : int
        Needed for the bootstrap.

    Returns
    -------
    pandas.DataFrame
        As for :func:`mediation`.

    Examples
    --------
    >>> R = pd.DataFrame([[1, .5, .4], [.5, 1, .6], [.4, .6, 1]], columns=list("xmy"))
    >>> effects = mediation_from_correlation(R, "x", "m", "y", n=200)
    >>> effects.loc["x → m → y", ["estimate", "z"]].round(3).tolist()
    [0.267, 5.767]
    """
    chain = _chain(x, mediators, y)
    matrix = read_correlation(correlation, where="mediation_from_correlation")
    missing = [name for name in chain if name not in matrix.columns]
    if missing:
        raise KeyError(f"the matrix has no variable {missing[0]!r}; it has {list(matrix.columns)}")
    rows = simulate_exact(matrix.loc[chain, chain], n, seed=0 if seed is None else seed)
    return mediation(
        rows, x, mediators, y, serial=serial, method=method, confidence=confidence,
        resamples=resamples, seed=seed,
    )  # fmt: skip


def indirect_effects(model, source, target, *, confidence=0.95):
    """Effects along every route of a path model, with errors by the delta method.

    Parameters
    ----------
    model : PathModel
        What :func:`ckmlab.studies.path_model_from_correlation` returned, with n.
    source, target : str
        Two variables of the model.
    confidence : float, default 0.95
        Level of the intervals.

    Returns
    -------
    pandas.DataFrame
        As for :func:`mediation`.

    References
    ----------
    Sobel, M. E. (1982). Asymptotic confidence intervals for indirect effects in structural
    equation models.

    Examples
    --------
    >>> from ckmlab.studies import path_model_from_correlation
    >>> R = pd.DataFrame([[1, .5, .4], [.5, 1, .6], [.4, .6, 1]], columns=list("xmy"))
    >>> model = path_model_from_correlation(R, {"m": ["x"], "y": ["m"]}, n=100)
    >>> indirect_effects(model, "x", "y")["estimate"].round(2).to_dict()
    {'x → m → y': 0.3, 'direct': 0.0, 'indirect': 0.3, 'total': 0.3}
    """
    routes = model.routes(source, target)
    if routes.empty:
        raise ValueError(f"no route leads from {source!r} to {target!r}")
    edges = [(to, back) for to, eq in model.equations.items() for back in eq.predictors]
    along = np.array([_gradient(model, steps, edges) for steps in routes["steps"]])
    gradient = _sums(routes, along)
    se = np.sqrt(np.einsum("ij,jk,ik->i", gradient, _covariance(model, edges), gradient))
    estimate = _sums(routes, routes["effect"].to_numpy())
    half = normal_quantile(confidence) * se
    z = np.divide(estimate, se, out=np.full_like(se, np.nan), where=se > 0)
    ends = {"low": estimate - half, "high": estimate + half}
    return _table(routes, {"estimate": estimate, "se": se, **ends, "z": z, "p": _two_sided(z)})


def _two_sided(z):
    return 2 * ndtr(-np.abs(z))


def _chain(x, mediators, y):
    mediators = [mediators] if isinstance(mediators, str) else list(mediators)
    chain = [x, *mediators, y]
    if not mediators or len(set(chain)) < len(chain):
        raise ValueError(f"x, mediators and y must be distinct with at least one mediator: {chain}")
    return chain


def _equations(chain, serial):
    x, *mediators, y = chain
    ahead = {m: [x, *mediators[:place]] if serial else [x] for place, m in enumerate(mediators)}
    return ahead | {y: [x, *mediators]}


def _sums(routes, effects):
    """Effects along the routes with their direct, indirect and total sums below, along axis 0."""
    direct = (routes["steps"].map(len) == 2).to_numpy()
    sums = [effects[direct].sum(axis=0), effects[~direct].sum(axis=0), effects.sum(axis=0)]
    return np.concatenate([effects, np.array(sums)])


def _table(routes, columns):
    labels = [*routes.index, "direct", "indirect", "total"]
    return pd.DataFrame(columns, index=pd.Index(labels, name="effect"))


def _covariance(model, edges):
    """Covariance of all coefficients, across equations too.

    Mediators side by side share what moves them besides x, so their slopes err together (Zellner
    1962): cov(b_i, b_j) = s_ij · R_ii⁻¹ R_ij R_jj⁻¹, with s_ij the covariance of the residuals.
    In a serial chain every s_ij between equations is 0.
    """
    R, n = model.correlation, model.n
    if n is None:
        raise ValueError("errors of indirect effects need the sample size: give the model n=…")
    covariance = np.zeros((len(edges), len(edges)))
    for one, first in model.equations.items():
        for two, second in model.equations.items():
            p, q = first.predictors, second.predictors
            a, b = first.params.to_numpy(), second.params.to_numpy()
            cross = R.loc[p, q].to_numpy()
            residual = R.loc[one, two] - b @ R.loc[q, one] - a @ R.loc[p, two] + a @ cross @ b
            freedom = np.sqrt((n - 1 - len(p)) * (n - 1 - len(q)))
            spread = np.linalg.solve(R.loc[p, p], cross) @ np.linalg.inv(R.loc[q, q])
            rows = [edges.index((one, name)) for name in p]
            columns = [edges.index((two, name)) for name in q]
            covariance[np.ix_(rows, columns)] = residual / freedom * spread
    return covariance


def _gradient(model, steps, edges):
    """Change of a route's product with each coefficient: the product of the others."""
    values = {(to, back): model.equations[to].params[back] for back, to in pairwise(steps)}
    return [
        np.prod([value for other, value in values.items() if other != edge])
        if edge in values
        else 0.0
        for edge in edges
    ]


def _bootstrap(rows, equations, chain, confidence, resamples, seed):
    model = PathModel(read_correlation(rows.corr()), equations)
    routes = model.routes(chain[0], chain[-1])
    drawn = _resampled_correlations(rows.to_numpy(), resamples, seed)
    place = {name: number for number, name in enumerate(rows.columns)}
    slopes = {}
    for to, back in equations.items():
        among = drawn[:, [[place[a] for a in back]] * len(back), [[place[a]] for a in back]]
        crossed = drawn[:, [place[a] for a in back], place[to]]
        solved = np.linalg.solve(among, crossed[..., None])[..., 0]
        slopes |= {(to, name): solved[:, i] for i, name in enumerate(back)}
    products = [
        np.prod([slopes[to, back] for back, to in pairwise(s)], axis=0) for s in routes["steps"]
    ]
    replicates = _sums(routes, np.array(products))
    tail = (1 - confidence) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail], axis=1)
    estimate, se = _sums(routes, routes["effect"].to_numpy()), replicates.std(axis=1, ddof=1)
    ends = {"low": low, "high": high}
    return _table(routes, {"estimate": estimate, "se": se, **ends, "z": np.nan, "p": np.nan})


def _resampled_correlations(values, resamples, seed):
    """Correlation matrices of rows drawn with replacement, all at once: shape (B, p, p)."""
    n, p = values.shape
    values = (values - values.mean(axis=0)) / values.std(axis=0)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples) / n
    products = (values[:, :, None] * values[:, None, :]).reshape(n, -1)
    means = weights @ values
    covariance = (weights @ products).reshape(-1, p, p) - means[:, :, None] * means[:, None, :]
    spread = np.sqrt(np.einsum("bii->bi", covariance))
    return covariance / spread[:, :, None] / spread[:, None, :]
