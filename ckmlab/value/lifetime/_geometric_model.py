"""The half that BG/NBD and MBG/NBD share: posterior of the living, new customers, distribution."""

import numpy as np
from scipy.special import betainc, gammaln

from ckmlab.value.lifetime import _beta_mean as beta_mean
from ckmlab.value.lifetime import _geometric_dropout as likelihood
from ckmlab.value.lifetime._formula import FormulaDesign
from ckmlab.value.lifetime._purchases import PurchaseModel
from ckmlab.value.lifetime._rising import log_rising, log_survival

__all__ = ["GeometricDropoutModel", "nbd_log_probability"]


class GeometricDropoutModel(PurchaseModel):
    """Poisson buying with gamma rates; each purchase may be the last, with a beta chance.

    ``_shift`` is 1 if the first purchase already may be the last, else 0.
    """

    names = ("r", "alpha", "a", "b")
    with_unit = ("alpha",)
    start = (0.5, 0.2, 0.5, 1.5)
    _shift = 0
    _unit_at = 1  # alpha's place in the posterior

    def __init__(self, data, *, purchase_covariates=(), dropout_covariates=()):
        effects = [(f"purchase:{z}", "alpha", z, -1) for z in purchase_covariates]
        effects += [(f"a:{z}", "a", z, 1) for z in dropout_covariates]
        effects += [(f"b:{z}", "b", z, 1) for z in dropout_covariates]
        super().__init__(data, effects=effects)

    @classmethod
    def from_formula(cls, formula, data, *, dropout="~ 1"):
        """A model whose covariates are made by formulas.

        Parameters
        ----------
        formula : str
            Right-hand side for the buying rate, such as ``"~ age + C(region)"``.
        data : data frame
            Histories and covariates.
        dropout : str, default "~ 1"
            Right-hand side for dropout.

        Returns
        -------
        BetaGeoNBD or ModifiedBetaGeoNBD
            Predictions take frames of the original columns.

        Examples
        --------
        >>> import pandas as pd
        >>> from ckmlab.value.lifetime import BetaGeoNBD
        >>> customers = pd.DataFrame(
        ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
        ...      "count": [60, 12, 8, 9, 6, 5], "won": ["web", "web", "shop"] * 2})
        >>> BetaGeoNBD.from_formula("~ C(won)", customers).param_names[-1]
        'purchase:C(won)[T.web]'
        """
        formulas = {"purchase": formula, "dropout": dropout}
        design = FormulaDesign(formulas, data, where=cls.__name__)
        model = cls(
            design.apply(data),
            purchase_covariates=design.columns["purchase"],
            dropout_covariates=design.columns["dropout"],
        )
        model.design = design
        return model

    def _objective(self, rows):
        return likelihood.objective(rows, self._shift, self.covariates)

    def _loglike_each(self, p, columns):
        return likelihood.loglike_each(p, columns, self._shift)

    def _log_odds_gone(self, p, columns):
        x, recency, age = (columns[name] for name in ("frequency", "recency", "T"))
        return likelihood.log_odds_gone(p, x, recency, age, self._shift)

    def _posterior(self, p, columns):
        """Given alive at T: rates ~ gamma(r + x, α + T), dropout ~ beta(a, b + chances)."""
        x = columns["frequency"]
        return p["r"] + x, p["alpha"] + columns["T"], p["a"], p["b"] + x + self._shift

    def _expected(self, t, r, alpha, a, b):
        return beta_mean.expected_purchases(t, r, alpha, a, b)

    def _alive_later(self, ahead, r, alpha, a, b):
        return beta_mean.alive_later(ahead, r, alpha, a, b)

    def _rate(self, t, r, alpha, a, b):
        return beta_mean.purchase_rate(t, r, alpha, a, b)

    def _expected_new(self, t, p):
        survive = p["b"] / (p["a"] + p["b"]) if self._shift else 1.0
        living = beta_mean.expected_purchases(t, p["r"], p["alpha"], p["a"], p["b"] + self._shift)
        return survive * living

    def _probability(self, n, t, p):
        """Fader, Hardie & Lee (2005), equation 8, and its like for the MBG/NBD."""
        k = n + self._shift
        alive = nbd_log_probability(n, t, p) + log_survival(p["a"], p["b"], k)
        last = np.maximum(k - 1, 0)
        fatal = log_survival(p["a"], p["b"], last) + np.log(p["a"] / (p["a"] + p["b"] + last))
        reached = np.where(n > 0, betainc(np.maximum(n, 1), p["r"], t / (p["alpha"] + t)), 1.0)
        return np.exp(alive) + np.where(k > 0, np.exp(fatal) * reached, 0.0)


def nbd_log_probability(n, t, p):
    """Log-probability of ``n`` purchases in (0, t] of a living customer."""
    r, alpha = p["r"], p["alpha"]
    with np.errstate(divide="ignore"):
        bought = np.where(n > 0, n * np.log(t / (alpha + t)), 0.0)
    return log_rising(r, n) - gammaln(n + 1) - r * np.log1p(t / alpha) + bought
