"""Path models from a correlation matrix: coefficients, routes, direct and indirect effects."""

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
import pandas as pd

from ckmlab.studies.matrices import read_correlation
from ckmlab.studies.regression import ols_from_correlation

__all__ = ["PathModel", "path_model_from_correlation", "read_paths"]


def path_model_from_correlation(correlation, paths, *, n=None):
    r"""A recursive path model: one least-squares equation for each outcome.

    The effect along a route is the product of its coefficients; the indirect effect is the sum
    over the routes that pass through others; with B the matrix of coefficients, all total effects
    are

    .. math:: (I - B)^{-1} - I

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        Correlations of the variables or construct scores.
    paths : mapping of str to list of str, or sequence of (str, str)
        Outcome → its predictors; or pairs (source, target).
    n : int, optional
        Sample size; without it there are no standard errors.

    Returns
    -------
    PathModel

    Raises
    ------
    ValueError
        If the paths go round in a circle.

    References
    ----------
    Wright, S. (1934). The method of path coefficients.

    Examples
    --------
    >>> R = pd.DataFrame([[1, .5, .4], [.5, 1, .6], [.4, .6, 1]], columns=list("xmy"))
    >>> model = path_model_from_correlation(R, {"m": ["x"], "y": ["x", "m"]}, n=100)
    >>> model.routes("x", "y").round(4)["effect"].to_dict()
    {'x → y': 0.1333, 'x → m → y': 0.2667}
    """
    matrix = read_correlation(correlation, where="path_model_from_correlation")
    return PathModel(matrix, read_paths(paths), n)


def read_paths(paths):
    """Paths in the form outcome → predictors, in causal order, checked for circles.

    Parameters
    ----------
    paths : mapping of str to list of str, or sequence of (str, str)
        Outcome → its predictors; or pairs (source, target).

    Returns
    -------
    dict of str to list of str

    Examples
    --------
    >>> read_paths([("x", "m"), ("m", "y"), ("x", "y")])
    {'m': ['x'], 'y': ['m', 'x']}
    """
    if hasattr(paths, "items"):
        equations = {
            outcome: [sources] if isinstance(sources, str) else list(sources)
            for outcome, sources in paths.items()
        }
    else:
        equations = {}
        for source, target in paths:
            equations.setdefault(target, []).append(source)
    try:
        order = list(TopologicalSorter(equations).static_order())
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise ValueError(f"the paths go round in a circle, {circle}: drop one of them") from None
    if not equations:
        raise ValueError("there are no paths; give outcome → predictors, such as {'y': ['x']}")
    return {outcome: equations[outcome] for outcome in order if outcome in equations}


def _in_line(numbers):
    return ", ".join(f"{name} {value:g}" for name, value in numbers.items())


class PathModel:
    """Equations of a recursive path model and what follows from them.

    Parameters
    ----------
    correlation : pandas.DataFrame
        Checked correlation matrix.
    equations : dict of str to list of str
        Outcome → predictors, in causal order.
    n : int or None
        Sample size.
    """

    def __init__(self, correlation, equations, n=None):
        self.correlation, self.n = correlation, n
        self.equations = {
            outcome: ols_from_correlation(correlation, outcome, sources, n=n)
            for outcome, sources in equations.items()
        }

    def __repr__(self):
        sample = "" if self.n is None else f", n = {self.n:,}"
        head = f"Path model with {len(self.equations)} outcomes{sample}"
        tables = [self.coefficients.round(4).to_string(index=False), self.r_squared.round(4)]
        return "\n".join([head, tables[0], "R²: " + _in_line(tables[1])])

    @property
    def r_squared(self):
        """Share of variance explained, one line an outcome."""
        explained = {name: equation.rsquared for name, equation in self.equations.items()}
        return pd.Series(explained, name="r_squared")

    @property
    def coefficients(self):
        """One line a path: ``source, target, estimate, contribution``; ``se, t, p`` if n is known.

        ``contribution`` is β·r, the part of R² that papers assign to the predictor.
        """
        lines = []
        for target, equation in self.equations.items():
            for source, estimate in equation.params.items():
                line = {"source": source, "target": target, "estimate": estimate}
                line["contribution"] = equation.contributions[source]
                if self.n is not None:
                    line["se"] = equation.bse[source]
                    line["t"] = equation.tvalues[source]
                    line["p"] = equation.pvalues[source]
                lines.append(line)
        return pd.DataFrame(lines)

    @property
    def variables(self):
        """Every variable of the model, sources first."""
        named = [name for target, eq in self.equations.items() for name in (*eq.predictors, target)]
        return list(dict.fromkeys(named))

    @property
    def effects(self):
        """One line a pair that some route connects: ``source, target, direct, indirect, total``."""
        names = self.variables
        direct = pd.DataFrame(0.0, index=names, columns=names)
        for target, equation in self.equations.items():
            direct.loc[target, equation.predictors] = equation.params
        identity = np.eye(len(names))
        total = np.linalg.inv(identity - direct.to_numpy()) - identity
        reached = np.linalg.inv(identity - (direct.to_numpy() != 0)) - identity > 0.5
        lines = [
            {"source": names[s], "target": names[t], "direct": direct.iloc[t, s],
             "indirect": total[t, s] - direct.iloc[t, s], "total": total[t, s]}
            for s in range(len(names)) for t in range(len(names)) if reached[t, s]
        ]  # fmt: skip
        return pd.DataFrame(lines)

    def routes(self, source, target):
        """Every route from a source to a target with the product of its coefficients.

        Parameters
        ----------
        source, target : str
            Two variables of the model.

        Returns
        -------
        pandas.DataFrame
            Indexed by the route (``"x → m → y"``), shortest first: ``steps`` (tuples of names)
            and ``effect``; the effects add up to the total effect.
        """
        for name in (source, target):
            if name not in self.variables:
                raise KeyError(f"the model has no variable {name!r}; it has {self.variables}")
        found = sorted(self._walk(source, target), key=len)
        return pd.DataFrame(
            {"steps": found, "effect": [self._product(route) for route in found]},
            index=pd.Index([" → ".join(route) for route in found], name="route"),
        )

    def _walk(self, source, target):
        """Routes found backwards from the target, because equations know their predictors."""
        if source == target:
            return [(target,)]
        equation = self.equations.get(target)
        before = equation.predictors if equation else []
        return [(*route, target) for middle in before for route in self._walk(source, middle)]

    def _product(self, route):
        steps = pairwise(route)
        return float(np.prod([self.equations[to].params[back] for back, to in steps]))
