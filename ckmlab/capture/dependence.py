"""Three or more lists: log-linear models that let the lists depend on each other."""

import math
import warnings
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import gammaln, xlogy
from tqdm.auto import tqdm

from ckmlab.arguments import check_share, choose
from ckmlab.capture.capture_histories import histories
from ckmlab.capture.lists import unseen_interval
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["loglinear", "loglinear_models"]

MOST_MODELS = 1500
ENDLESS = 1e6  # an estimate this many times what was seen is no estimate


def loglinear(
    lists,
    *,
    interactions=None,
    criterion="bic",
    interval="profile",
    count=None,
    max_order=2,
    confidence=0.95,
):
    r"""Population size from two or more lists that may depend on each other.

    A Poisson log-linear model is fitted to the numbers of people on each combination of lists,

    .. math:: \log \mu_h = \beta_0 + \sum_j \beta_j h_j + \sum_{j<k} \lambda_{jk} h_j h_k + \dots

    and :math:`\hat N = n + e^{\hat\beta_0}`: the intercept speaks of those on no list.

    Parameters
    ----------
    lists : mapping or data frame
        As in :func:`ckmlab.capture.histories`.
    interactions : sequence of tuples of str, optional
        The dependent lists, such as ``[("ticket", "forum")]``; ``[]`` says that all lists are
        independent. Left out, the hierarchical model with the best criterion is chosen.
    criterion : {"bic", "aic"}
        What chooses, when ``interactions`` is left out.
    interval : {"profile", "log-normal"}
        Profile likelihood of the multinomial (Cormack), or asymptotic (Chao).
    count : str, optional
        Column with the number of people, when ``lists`` has one row per combination.
    max_order : int, default 2
        Largest number of lists in one interaction, among the models compared.
    confidence : float, default 0.95
        Level of the interval. It knows nothing of the choice among models, so after a choice
        it is too short.

    Returns
    -------
    Estimate
        Number of people, seen or not; ``n`` is the number seen. ``method`` names the model.

    Raises
    ------
    ValueError
        If an interaction names an unknown list or all lists at once, or the numbers on the
        lists do not determine the model.

    See Also
    --------
    loglinear_models : the table of all models compared.

    Notes
    -----
    Rests on statsmodels' GLM; frames of other libraries are converted to pandas.

    References
    ----------
    Fienberg (1972), Biometrika 59, 591-603; Cormack (1992), Biometrics 48, 567-576.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"a": [1, 1, 1, 1, 0, 0, 0], "b": [1, 1, 0, 0, 1, 1, 0], "c": [1, 0, 1, 0, 1, 0, 1],
    ...      "people": [72, 155, 7, 71, 13, 53, 43]})
    >>> loglinear(table, count="people", interactions=[("a", "b"), ("b", "c")])
    850.1 [603.7, 1458] (95 %, n = 414)
    """
    choose("interval", interval, ["profile", "log-normal"])
    confidence = check_share("confidence", confidence, ends=False)
    table = histories(lists, count=count)
    if interactions is None:
        models = _compare(table, max_order)
        chosen = models.loc[models[choose("criterion", criterion, ["bic", "aic"])].idxmin()]
        interactions, how = chosen.interactions, f"chosen by {criterion.upper()}"
    else:
        how = "as given"
    terms = _checked(interactions, _names(table))
    fit = _Fit(table, terms)
    fit.refuse_if_undetermined()
    if interval == "profile":
        low, high = fit.profile_interval(confidence)
    else:
        low, high = unseen_interval(fit.seen, fit.unseen, fit.variance, confidence)
    return Estimate(
        fit.seen + fit.unseen,
        low,
        high,
        level=confidence,
        n=fit.seen,
        method=f"log-linear model {_label(terms, _names(table))} ({how}), {interval} interval",
        notes=("assumes a closed population and error-free matching",),
    )


def loglinear_models(lists, *, count=None, max_order=2):
    """Every hierarchical log-linear model of the lists, best BIC first.

    Parameters
    ----------
    lists : mapping or data frame
        As in :func:`ckmlab.capture.histories`.
    count : str, optional
        Column with the number of people, when ``lists`` has one row per combination.
    max_order : int, default 2
        Largest number of lists in one interaction.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``people`` (the estimate), ``std_error``, ``deviance``, ``df``, ``aic``,
        ``bic`` and ``interactions``. Models the numbers do not determine have NaN there.

    Raises
    ------
    ValueError
        If there would be more than 1,500 models: name the interactions instead.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"a": [1, 1, 1, 1, 0, 0, 0], "b": [1, 1, 0, 0, 1, 1, 0], "c": [1, 0, 1, 0, 1, 0, 1],
    ...      "people": [72, 155, 7, 71, 13, 53, 43]})
    >>> loglinear_models(table, count="people").model.head(2).tolist()
    ['[a b][b c]', '[a b][a c][b c]']
    """
    return _compare(histories(lists, count=count), max_order)


def _compare(table, max_order):
    import statsmodels.api  # noqa: F401 - a slow import is no progress worth a bar

    names = _names(table)
    families = _hierarchical(len(names), min(max_order, len(names) - 1))
    rows = [_row(table, names, terms) for terms in tqdm(families, delay=2, leave=False)]
    models = pd.DataFrame(rows).sort_values("bic", ignore_index=True, na_position="last")
    if models.bic.isna().all():
        raise ValueError(
            "no model is determined by these lists: they share too few people; merge lists"
        )
    return models


def _row(table, names, terms):
    fit = _Fit(table, terms)
    known = (
        {
            "people": fit.seen + fit.unseen,
            "std_error": math.sqrt(fit.variance),
            "deviance": fit.deviance,
            "df": len(table) - fit.parameters,
            "aic": -2 * fit.log_likelihood + 2 * fit.parameters,
            "bic": -2 * fit.log_likelihood + math.log(fit.seen) * fit.parameters,
        }
        if fit.determined
        else dict.fromkeys(["people", "std_error", "deviance", "df", "aic", "bic"], math.nan)
    )
    listed = [tuple(names[one] for one in term) for term in terms]
    return {"model": _label(terms, names), **known, "interactions": listed}


def _hierarchical(lists, max_order):
    """All sets of interactions in which a term of three comes with its three pairs, and so on."""
    families = [()]
    for order in range(2, max_order + 1):
        grown = []
        for family in families:
            present = set(family)
            possible = [
                term
                for term in combinations(range(lists), order)
                if order == 2 or all(part in present for part in combinations(term, order - 1))
            ]
            if len(grown) + 2 ** len(possible) > MOST_MODELS:
                raise ValueError(
                    f"{lists} lists make more than {MOST_MODELS} models; "
                    "name the dependent lists with interactions=, or lower max_order"
                )
            for size in range(len(possible) + 1):
                grown += [family + extra for extra in combinations(possible, size)]
        families = grown
    return families


def _checked(interactions, names):
    terms = set()
    for wanted in interactions:
        unknown = [one for one in wanted if one not in names]
        if isinstance(wanted, str) or unknown:
            raise ValueError(
                f"interaction {wanted!r} must be a tuple of list names; the lists are {names}"
            )
        term = tuple(sorted({names.index(one) for one in wanted}))
        if not 2 <= len(term) < len(names):
            raise ValueError(
                f"interaction {wanted!r} needs at least two lists and fewer than all "
                f"{len(names)}: the people on no list are estimated by assuming that term away"
            )
        for order in range(2, len(term) + 1):  # a model with abc holds ab, ac and bc too
            terms.update(combinations(term, order))
    return tuple(sorted(terms, key=lambda term: (len(term), term)))


def _label(terms, names):
    inner = {part for term in terms for part in combinations(term, len(term) - 1)}
    shown = [term for term in terms if term not in inner]
    covered = {one for term in shown for one in term}
    shown += [(one,) for one in range(len(names)) if one not in covered]
    return "".join(f"[{' '.join(names[one] for one in term)}]" for term in sorted(shown))


def _names(table):
    return [name for name in table.columns if name != "people"]


class _Fit:
    """One model fitted to the counts of the observed combinations."""

    def __init__(self, table, terms):
        flags = table.drop(columns="people").to_numpy(dtype=float)
        products = [flags[:, list(term)].prod(axis=1) for term in terms]
        self.design = np.column_stack([np.ones(len(flags)), flags, *products])
        self.counts = table.people.to_numpy(dtype=float)
        self.seen = int(self.counts.sum())
        self.parameters = self.design.shape[1]
        self.unseen, self.variance = math.nan, math.nan
        # A term nobody stands for pulls its parameter to minus infinity.
        self.determined = bool((self.design.T @ self.counts > 0).all())
        if self.determined:
            self._estimate()

    def _estimate(self):
        result = _poisson(self.design, self.counts)
        self.deviance, self.log_likelihood = float(result.deviance), float(result.llf)
        self.unseen = math.exp(min(result.params[0], 700))
        self.variance = self.unseen + self.unseen**2 * float(result.cov_params()[0, 0])
        self.determined = self.unseen < ENDLESS * self.seen and math.isfinite(self.variance)

    def refuse_if_undetermined(self):
        if not self.determined:
            raise ValueError(
                "these lists do not determine the model: a combination it needs has nobody on "
                "it; leave an interaction out, or merge lists"
            )

    def profile_interval(self, confidence):
        """Numbers of people whose multinomial likelihood is close enough to the best one."""
        drop = normal_quantile(confidence) ** 2 / 2
        best = max(self._profile(self.unseen), self._profile(max(self.unseen - 1, 0)))

        def excess(unseen):
            return self._profile(unseen) - best + drop

        low = 0.0 if excess(0.0) >= 0 else brentq(excess, 0.0, self.unseen, xtol=1e-4)
        top = 2 * self.unseen + 1
        while excess(top) > 0:
            top *= 2
            if top > ENDLESS * self.seen:
                return self.seen + low, math.inf
        return self.seen + low, self.seen + brentq(excess, self.unseen, top, xtol=1e-4)

    def _profile(self, unseen):
        """Log-likelihood of a population with that many unseen people, up to a constant."""
        empty = np.zeros(self.parameters)
        empty[0] = 1
        result = _poisson(np.vstack([self.design, empty]), np.append(self.counts, unseen))
        total = self.seen + unseen
        arrangements = gammaln(total + 1) - gammaln(unseen + 1)
        return arrangements + xlogy(unseen, unseen) - xlogy(total, total) - result.deviance / 2


def _poisson(design, counts):
    import statsmodels.api as sm

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whether the fit is usable is judged by its outcome
        return sm.GLM(counts, design, family=sm.families.Poisson()).fit(tol=1e-10)
