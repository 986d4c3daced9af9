"""Covariates that move a model's parameters: θ of customer i is θ · exp(± coefficient · z)."""

import numpy as np

__all__ = ["Covariates"]


class Covariates:
    """Which columns move which parameters.

    Parameters
    ----------
    effects : list of tuple
        ``(label, parameter, column, sign)`` for each coefficient.

    Examples
    --------
    >>> effects = Covariates([("purchase:age", "alpha", "age", -1)])
    >>> moved = effects.shift({"alpha": 2.0}, [0.5], {"age": np.array([0.0, 2.0])})
    >>> moved["alpha"].round(4).tolist()
    [2.0, 0.7358]
    """

    def __init__(self, effects):
        self.effects = list(effects)

    def __bool__(self):
        return bool(self.effects)

    @property
    def labels(self):
        """Names of the coefficients."""
        return [label for label, *_ in self.effects]

    @property
    def columns(self):
        """The covariate columns, each once."""
        return list(dict.fromkeys(column for _, _, column, _ in self.effects))

    def shift(self, named, coefficients, columns):
        """Parameters of each row: parameter name → array."""
        moved = dict(named)
        for (_, parameter, column, sign), value in zip(self.effects, coefficients, strict=True):
            moved[parameter] = moved[parameter] * np.exp(sign * value * columns[column])
        return moved

    def reduce(self, names, score, hessian, rows):
        """Row-wise derivatives in the log-parameters → derivatives in all coefficients.

        Parameters
        ----------
        names : sequence of str
            The model's parameters.
        score, hessian : numpy.ndarray
            Shapes (k, rows) and (k, k, rows).
        rows : Collapsed
            With the covariate columns.
        """
        n = rows.weights
        places = list(range(len(names))) + [names.index(p) for _, p, _, _ in self.effects]
        ones = [np.ones(len(rows))] * len(names)
        design = np.array(ones + [sign * rows.columns[c] for _, _, c, sign in self.effects])
        gradient = np.array(
            [(design[i] * n) @ score[place] for i, place in enumerate(places)], dtype=float
        )
        bends = [
            [(design[i] * design[j] * n) @ hessian[p, q] for j, q in enumerate(places)]
            for i, p in enumerate(places)
        ]
        return gradient, np.array(bends)
