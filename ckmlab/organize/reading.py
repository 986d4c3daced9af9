"""Comprehensible or precise? How hard a text is, which versions are worth keeping, who succeeds."""

import re
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from ckmlab.arguments import check_positive, one_column
from ckmlab.frames import to_pandas

__all__ = ["SuccessModel", "fit_success", "pareto_front", "readability"]

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
STOP = re.compile(r"[.!?:;]+(?=\s|$)")


def readability(texts):
    r"""How hard texts are to read.

    .. math:: LIX = \frac{words}{sentences} + 100 \, \frac{long\ words}{words}

    with long words of more than six letters. Unlike Flesch's formula it needs no syllables, so
    that no dictionary has to be fetched, and it compares texts of different languages.

    Parameters
    ----------
    texts : array-like of str
        One text per item; missing or wordless ones give NaN.

    Returns
    -------
    pandas.DataFrame
        ``words``, ``sentences``, ``words_per_sentence`` and ``lix`` (below 30 easy, above 50
        hard).

    References
    ----------
    Björnsson (1968), Läsbarhet.

    Examples
    --------
    >>> readability(["Press the button. Wait a minute."]).round(1).iloc[0].to_dict()
    {'words': 6.0, 'sentences': 2.0, 'words_per_sentence': 3.0, 'lix': 3.0}
    """
    series = one_column("texts", texts)
    return pd.DataFrame([_measures(one) for one in series], index=series.index)


def pareto_front(frame, maximise):
    """Which versions are not beaten by another one that is better in every respect.

    Parameters
    ----------
    frame : data frame
        One row per version; any library, converted to pandas.
    maximise : sequence of str
        Columns of which more is better (turn LIX around first: ``-lix``).

    Returns
    -------
    numpy.ndarray of bool
        True for versions on the front, in the order of the rows.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a value is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> versions = pd.DataFrame({"ease": [1, 2, 3], "precision": [9, 4, 5]})
    >>> pareto_front(versions, ["ease", "precision"]).tolist()
    [True, False, True]
    """
    columns = [*maximise]
    points = to_pandas(frame, columns, where="pareto_front", numbers=columns).to_numpy(dtype=float)
    if np.isnan(points).any():
        raise ValueError("a version has a missing value; it can be neither better nor worse")
    at_least = (points[None, :, :] >= points[:, None, :]).all(axis=2)
    better = (points[None, :, :] > points[:, None, :]).any(axis=2)
    return ~(at_least & better).any(axis=1)


@dataclass(frozen=True)
class SuccessModel:
    r"""Chance that a reader succeeds: :math:`\sigma(\beta_0 + \beta_1 e/s + \beta_2 p)`.

    A curved model adds :math:`\beta_3 (e/s)^2`, so that a text can be too easy as well as too hard.

    Parameters
    ----------
    params : pandas.Series
        ``const``, ``ease_per_skill``, ``precision`` and, if curved, ``ease_per_skill_squared``.
    bse : pandas.Series
        Standard errors.
    n : int
        Number of attempts.
    """

    params: pd.Series
    bse: pd.Series
    n: int

    def predict(self, ease, precision, skill):
        """Chance of success.

        Parameters
        ----------
        ease, precision : array-like of float
            How easy and how precise the text is; they broadcast.
        skill : float
            Skill of the reader, above 0: the skilled gain less from ease.

        Returns
        -------
        numpy.ndarray
        """
        const, slope, exact = self.params[["const", "ease_per_skill", "precision"]]
        ease = np.asarray(ease, dtype=float) / check_positive("skill", skill)
        bend = self.params.get("ease_per_skill_squared", 0.0)
        exact = exact * np.asarray(precision, dtype=float)
        return expit(const + slope * ease + bend * ease**2 + exact)

    def peak(self, skill):
        r"""Ease at which readers of a skill succeed most, at any given precision.

        .. math:: e^* = -s \, \beta_1 / (2 \beta_3)

        Parameters
        ----------
        skill : float
            Skill of the reader, above 0.

        Returns
        -------
        float
            In units of ease.

        Raises
        ------
        ValueError
            If the model is not curved, or bends upwards: then there is no best ease.
        """
        bend = self.params.get("ease_per_skill_squared", 0.0)
        if bend >= 0:
            raise ValueError(
                "this model knows no best ease: fit it with curved=True, on texts from too easy "
                "to too hard"
            )
        return float(-check_positive("skill", skill) * self.params["ease_per_skill"] / (2 * bend))

    def contour(self, ease, precision, skill):
        """Chance of success on a grid, for a contour picture.

        Parameters
        ----------
        ease, precision : array-like of float
            Values along the two axes.
        skill : float
            Skill of the reader.

        Returns
        -------
        pandas.DataFrame
            ``ease`` down, ``precision`` across.
        """
        ease, precision = np.asarray(ease, float), np.asarray(precision, float)
        grid = self.predict(ease[:, None], precision[None, :], skill)
        return pd.DataFrame(
            grid,
            index=pd.Index(ease, name="ease"),
            columns=pd.Index(precision, name="precision"),
        )

    def compare(self, versions, skill, *, ease="ease", precision="precision"):
        """What each version does for a reader.

        Parameters
        ----------
        versions : data frame
            One row per version, labelled by its index.
        skill : float
            Skill of the reader.
        ease, precision : str
            The columns' names.

        Returns
        -------
        pandas.DataFrame
            Indexed like ``versions``: ``ease``, ``precision``, ``success`` (the chance), ``front``
            (no other version beats it in both respects) and ``best``.
        """
        table = to_pandas(versions, [ease, precision], where="SuccessModel.compare")
        front = pareto_front(table, [ease, precision])
        table.columns, table.index = ["ease", "precision"], getattr(versions, "index", table.index)
        chance = self.predict(table["ease"], table["precision"], skill)
        best = np.arange(len(table)) == np.argmax(chance)
        return table.assign(success=chance, front=front, best=best)

    def best(self, versions, skill, *, ease="ease", precision="precision"):
        """The version that suits a reader best.

        Parameters
        ----------
        versions : data frame
            One row per version.
        skill : float
            Skill of the reader.
        ease, precision : str
            The columns' names.

        Returns
        -------
        object
            Index label of the version with the highest chance of success.
        """
        table = self.compare(versions, skill, ease=ease, precision=precision)
        return table.index[table["best"]][0]


def fit_success(
    attempts,
    *,
    success="success",
    ease="ease",
    precision="precision",
    skill="skill_level",
    trials=None,
    curved=False,
):
    """Learn from attempts how ease, precision and skill make readers succeed.

    Because easier versions are less precise, the best version lies between the extremes, and
    elsewhere for beginners than for experts.

    Parameters
    ----------
    attempts : data frame
        One row per reader and text, or per text with ``trials``; any library, converted to
        pandas.
    success : str
        0/1 or boolean column; with ``trials``, the number of successes.
    ease, precision, skill : str
        Columns; skill must be above 0.
    trials : str, optional
        Column with the number of readers behind each row.
    curved : bool, default False
        Let success rise and fall again with ease (:meth:`SuccessModel.peak`). Skill must then be
        on a scale on which twice the skill copes with twice the difficulty.

    Returns
    -------
    SuccessModel

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If everybody or nobody succeeded, skill is not positive, or ease and precision do not vary.

    Notes
    -----
    Rests on statsmodels' GLM.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> tries = pd.DataFrame({"ease": rng.uniform(0, 1, 4000), "skill_level": 1.0})
    >>> tries["precision"] = rng.uniform(0, 1, 4000)
    >>> chance = 1 / (1 + np.exp(2 - 2 * tries.ease - tries.precision))
    >>> tries["success"] = rng.random(4000) < chance
    >>> fit_success(tries).params.round(0).tolist()
    [-2.0, 2.0, 1.0]
    """
    import statsmodels.api as sm

    columns = [success, ease, precision, skill, *([trials] if trials else [])]
    table = to_pandas(attempts, columns, where="fit_success", numbers=columns).dropna()
    won = table[success].astype(float)
    tried = table[trials].astype(float) if trials else pd.Series(1.0, index=table.index)
    if ((won < 0) | (won > tried) | (won % 1 != 0)).any():
        raise ValueError(
            f"column {success!r} must hold 0/1 (or False/True), or counts with trials="
        )
    if won.sum() in (0, tried.sum()):
        raise ValueError("everybody or nobody succeeded; both must occur to learn from")
    if (table[skill] <= 0).any():
        raise ValueError(f"column {skill!r} must be above 0; ease is divided by skill")
    design = pd.DataFrame(
        {
            "const": 1.0,
            "ease_per_skill": table[ease].astype(float) / table[skill].astype(float),
            "precision": table[precision].astype(float),
        }
    )
    if curved:
        design["ease_per_skill_squared"] = design["ease_per_skill"] ** 2
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("ease and precision do not vary independently; vary the versions more")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation shows in the standard errors
        family = sm.families.Binomial()
        outcomes = pd.DataFrame({"won": won, "lost": tried - won})
        fit = sm.GLM(outcomes, design, family=family).fit()
    return SuccessModel(params=fit.params, bse=fit.bse, n=int(tried.sum()))


def _measures(text):
    words = WORD.findall(text) if isinstance(text, str) else []
    names = ["words", "sentences", "words_per_sentence", "lix"]
    if not words:
        return dict(zip(names, [0, 0, np.nan, np.nan], strict=True))
    sentences = max(sum(bool(WORD.search(part)) for part in STOP.split(text)), 1)
    long = sum(sum(one.isalnum() for one in word) > 6 for word in words)
    length = len(words) / sentences
    return dict(
        zip(names, [len(words), sentences, length, length + 100 * long / len(words)], strict=True)
    )
