"""Partial least squares path modelling, mode A."""

from functools import cached_property

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, choose
from ckmlab.frames import to_pandas
from ckmlab.studies.matrices import read_correlation
from ckmlab.studies.paths import PathModel, read_paths

__all__ = ["PLSResults", "pls_path_model"]

SCHEMES = ["centroid", "factor", "path"]


def pls_path_model(data=None, *, blocks, paths, scheme="centroid", correlation=None, n=None,
                   tolerance=1e-10, max_rounds=500):  # fmt: skip
    r"""Fit a partial least squares path model with reflective blocks (mode A).

    Two steps in turn until the weights stay: each construct is a weighted sum of its items; each
    weight is the correlation of the item with the sum of the construct's neighbours,

    .. math:: z_j = \sum_k e_{jk} y_k, \qquad w_{jh} \propto \operatorname{cor}(x_{jh}, z_j)

    where e is the sign of the correlation of neighbours (centroid scheme), the correlation itself
    (factor scheme), or the regression slope for predecessors and the correlation for successors
    (path scheme). The paths are then least squares on the scores. The method sees the data only
    through the items' correlations, so a printed item correlation matrix is enough.

    Parameters
    ----------
    data : data frame, optional
        One row a respondent, one column an item. Rows with a missing item are refused.
    blocks : mapping of str to list of str
        Construct → its items.
    paths : mapping of str to list of str, or sequence of (str, str)
        Outcome → its predictors; or pairs (source, target).
    scheme : {"centroid", "factor", "path"}
        How neighbours are weighted.
    correlation : pandas.DataFrame, shape (items, items), optional
        Instead of data.
    n : int, optional
        Sample size, with a correlation matrix.
    tolerance : float
        Largest change of a weight at the end.
    max_rounds : int
        Most rounds.

    Returns
    -------
    PLSResults

    Raises
    ------
    ValueError
        If data are missing or never vary, a construct is in no path, or the weights do not settle.

    References
    ----------
    Wold, H. (1982). Soft modeling: the basic design and some extensions.

    Tenenhaus, M., Esposito Vinzi, V., Chatelin, Y.-M. & Lauro, C. (2005). PLS path modeling.
    Computational Statistics & Data Analysis 48, 159–205.

    Examples
    --------
    >>> R = pd.DataFrame(np.full((4, 4), .3) + .7 * np.eye(4), columns=list("abcd"))
    >>> fit = pls_path_model(correlation=R, blocks={"x": ["a", "b"], "y": ["c", "d"]},
    ...                      paths={"y": ["x"]})
    >>> fit.loadings["loading"].round(3).tolist(), round(float(fit.r_squared["y"]), 3)
    ([0.806, 0.806, 0.806, 0.806], 0.213)
    """
    if (data is None) == (correlation is None):
        raise ValueError("pls_path_model needs either data or correlation=…, not both")
    choose("scheme", scheme, SCHEMES)
    equations = read_paths(paths)
    items = [item for own in blocks.values() for item in ([own] if isinstance(own, str) else own)]
    rows = None
    if data is not None:
        rows = _rows(data, items)
        correlation, n = rows.corr(), len(rows)
    matrix = read_correlation(correlation, where="pls_path_model", definite=False)
    blocks = _read_blocks(blocks, matrix.columns)
    _check_constructs(blocks, equations)
    model = Structure(blocks, equations, scheme)
    items = model.items
    weights, rounds = model.fit(matrix.loc[items, items].to_numpy(), tolerance, max_rounds)
    n = None if n is None else check_count("n", n, least=3)
    return PLSResults(model, matrix.loc[items, items], weights, rounds, n, rows)


class PLSResults:
    """A fitted partial least squares path model.

    Parameters
    ----------
    model : Structure
        Blocks, paths and scheme.
    correlation : pandas.DataFrame
        Correlations of the items.
    weights : numpy.ndarray, shape (items, constructs)
        Outer weights for standardised items; scores have variance 1.
    rounds : int
        Rounds until the weights stayed.
    n : int or None
        Sample size.
    rows : pandas.DataFrame or None
        The data, if there were any.
    """

    def __init__(self, model, correlation, weights, rounds, n, rows):
        self.model, self.correlation, self.rounds = model, correlation, rounds
        self.n, self.rows, self._weights = n, rows, weights

    def __repr__(self):
        head = f"PLS path model, {self.model.scheme} scheme, {self.rounds} rounds"
        return f"{head}\n{self.structure!r}"

    @cached_property
    def constructs(self):
        """Correlations of the construct scores, constructs × constructs."""
        scores = self._weights.T @ self.correlation.to_numpy() @ self._weights
        return pd.DataFrame(scores, index=self.model.constructs, columns=self.model.constructs)

    @cached_property
    def structure(self):
        """The structural model, a :class:`~ckmlab.studies.paths.PathModel`: effects and routes."""
        return PathModel(self.constructs, self.model.equations, self.n)

    @property
    def paths(self):
        """One line a path, as :attr:`PathModel.coefficients`; errors treat scores as observed."""
        return self.structure.coefficients

    @property
    def r_squared(self):
        """Share of variance explained, one line an outcome."""
        return self.structure.r_squared

    @property
    def effects(self):
        """Direct, indirect and total effects, one line a connected pair."""
        return self.structure.effects

    @property
    def cross_loadings(self):
        """Correlation of every item with every construct, items × constructs."""
        table = self.correlation.to_numpy() @ self._weights
        return pd.DataFrame(table, index=self.model.items, columns=self.model.constructs)

    @property
    def loadings(self):
        """One line an item: ``construct``, ``weight``, ``loading``."""
        own = [self.model.constructs.index(name) for name in self.model.owner]
        at = np.arange(len(own))
        return pd.DataFrame(
            {
                "construct": self.model.owner,
                "weight": self._weights[at, own],
                "loading": self.cross_loadings.to_numpy()[at, own],
            },
            index=pd.Index(self.model.items, name="item"),
        )

    @property
    def scores(self):
        """Construct scores of the respondents, mean 0 and variance 1; they need the data."""
        if self.rows is None:
            raise ValueError("scores need the respondents' rows; the model has only correlations")
        standard = (self.rows - self.rows.mean()) / self.rows.std()
        return (standard[self.model.items] @ self._weights).set_axis(self.model.constructs, axis=1)


class Structure:
    """Which items measure which construct, and which construct explains which.

    Parameters
    ----------
    blocks : dict of str to list of str
        Construct → items.
    equations : dict of str to list of str
        Outcome → predictors.
    scheme : str
        Weighting of neighbours.
    """

    def __init__(self, blocks, equations, scheme):
        self.blocks, self.equations, self.scheme = blocks, equations, scheme
        self.constructs = list(blocks)
        self.items = [item for own in blocks.values() for item in own]
        self.owner = [name for name, own in blocks.items() for _ in own]
        self.design = np.array([[o == c for c in self.constructs] for o in self.owner], dtype=float)
        place = {name: number for number, name in enumerate(self.constructs)}
        self.predictors = {place[to]: [place[b] for b in back] for to, back in equations.items()}
        self.neighbours = np.zeros((len(blocks), len(blocks)))
        for to, back in self.predictors.items():
            self.neighbours[to, back] = self.neighbours[back, to] = 1

    def fit(self, correlation, tolerance=1e-10, max_rounds=500):
        """Outer weights, shape (items, constructs), and the number of rounds they took."""
        weights = self._unit_scores(self.design, correlation)
        for rounds in range(1, max_rounds + 1):
            inner = self._inner(weights.T @ correlation @ weights)
            renewed = correlation @ weights @ inner.T * self.design
            renewed = self._unit_scores(renewed, correlation)
            change, weights = np.abs(renewed - weights).max(), renewed
            if change < tolerance:
                return self._signed(weights, correlation), rounds
        raise ValueError(
            f"pls_path_model: the weights still changed by {change:.2g} after {max_rounds} rounds; "
            "raise max_rounds, or drop items that hardly correlate with the others"
        )

    def _unit_scores(self, weights, correlation):
        """Weights scaled so that every score has variance 1."""
        variance = np.einsum("ij,ik,kj->j", weights, correlation, weights)
        lost = ~(variance > 1e-12)
        if lost.any():
            raise ValueError(
                f"pls_path_model: {self.constructs[lost.argmax()]!r} has no score: its items "
                "cancel out, never vary, or correlate with none of its neighbours"
            )
        return weights / np.sqrt(variance)

    def _inner(self, scores):
        """Weights of the neighbours, constructs × constructs, from the scores' correlations."""
        if self.scheme == "centroid":
            return np.sign(scores) * self.neighbours
        inner = scores * self.neighbours
        if self.scheme == "path":
            for to, back in self.predictors.items():
                inner[to, back] = np.linalg.solve(scores[np.ix_(back, back)], scores[back, to])
        return inner

    def _signed(self, weights, correlation):
        """Each score turned so that its items load positively on the whole."""
        loadings = (correlation @ weights * self.design).sum(axis=0)
        return weights * np.where(loadings < 0, -1.0, 1.0)


def _rows(data, items):
    rows = to_pandas(data, items, where="pls_path_model").astype(float)
    gaps = rows.columns[rows.isna().any()]
    if len(gaps):
        raise ValueError(
            f"pls_path_model: {gaps[0]!r} has {int(rows[gaps[0]].isna().sum())} missing answers; "
            "drop those rows or fill them in first, and say how"
        )
    constant = rows.columns[rows.std() == 0]
    if len(constant):
        raise ValueError(f"pls_path_model: everybody gave the same answer to {constant[0]!r}")
    return rows


def _read_blocks(blocks, items):
    """Construct → items, checked: enough items, all known, none in two constructs."""
    items, seen = list(items), {}
    blocks = {name: [own] if isinstance(own, str) else list(own) for name, own in blocks.items()}
    for name, own in blocks.items():
        if not own:
            raise ValueError(f"pls_path_model: no item measures {name!r}")
        for item in own:
            if item not in items:
                raise KeyError(
                    f"pls_path_model: {name!r} names the item {item!r}; there are {items}"
                )
            if item in seen:
                raise ValueError(
                    f"pls_path_model: the item {item!r} is in {seen[item]!r} and {name!r}"
                )
            seen[item] = name
    return blocks


def _check_constructs(blocks, equations):
    used = {name for to, back in equations.items() for name in (to, *back)}
    unknown, idle = sorted(used - set(blocks)), [name for name in blocks if name not in used]
    if unknown:
        raise ValueError(f"the paths name {unknown[0]!r}, which no block measures: {list(blocks)}")
    if idle:
        raise ValueError(f"{idle[0]!r} is in no path; add one, or drop the block")
