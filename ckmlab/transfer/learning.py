"""What was learned: the gain, of what there was to gain."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_positive, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import ratio

__all__ = ["gain_by", "normalised_gain"]


def normalised_gain(before, after, *, maximum=1.0, confidence=0.95):
    r"""Share of the possible improvement that was achieved.

    .. math:: \langle g \rangle = \frac{\bar{post} - \bar{pre}}{max - \bar{pre}}

    Unlike the plain difference it does not reward a group for having started low.

    Parameters
    ----------
    before, after : array-like of float
        Scores of the same people, in the same order; people with a missing score are left out.
    maximum : float, default 1
        Best possible score.
    confidence : float, default 0.95
        Level of the interval of a ratio (linearised).

    Returns
    -------
    Estimate
        1 when all was learned; negative when people forgot. Hake called .3 to .7 medium.

    Raises
    ------
    ValueError
        If lengths differ, a score is off the scale, or there was nothing left to gain.

    References
    ----------
    Hake (1998), American Journal of Physics 66, 64-74.

    Examples
    --------
    >>> normalised_gain([0.2, 0.4, 0.6], [0.6, 0.7, 0.8]).value.__round__(3)
    0.5
    """
    pre, post = _scores(before, after, check_positive("maximum", maximum))
    if (pre == maximum).all():
        raise ValueError("everybody had the full score before, so there was nothing to gain")
    return ratio(post - pre, maximum - pre, confidence=confidence, method="normalised gain (Hake)")


def gain_by(frame, by, *, before="pre", after="post", maximum=1.0, confidence=0.95):
    """Normalised gain of each group, beside the plain difference.

    Parameters
    ----------
    frame : data frame
        One row per person; any library, converted to pandas.
    by : str
        Column to compare.
    before, after : str
        Columns with the scores.
    maximum : float, default 1
        Best possible score.
    confidence : float, default 0.95
        Level of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``by``, ``n``, ``before``, ``after``, ``difference``, ``gain``, ``low``, ``high``,
        highest gain first.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> quiz = pd.DataFrame({"team": list("aabb"), "pre": [0, 0, 0.8, 0.8],
    ...     "post": [0.4, 0.4, 0.9, 0.9]})
    >>> gain_by(quiz, "team").gain.round(2).tolist()
    [0.5, 0.4]
    """
    scores = [before, after]
    table = to_pandas(frame, [by, *scores], where="gain_by", numbers=scores).dropna()
    if table.empty:
        raise ValueError("nobody has a group and both scores")
    rows = []
    for name, part in table.groupby(by, observed=True):
        gain = normalised_gain(part[before], part[after], maximum=maximum, confidence=confidence)
        first, last = part[before].mean(), part[after].mean()
        rows.append(
            {
                by: name,
                "n": gain.n,
                "before": first,
                "after": last,
                "difference": last - first,
                "gain": gain.value,
                "low": gain.low,
                "high": gain.high,
            }
        )
    return pd.DataFrame(rows).sort_values("gain", ascending=False, ignore_index=True)


def _scores(before, after, maximum):
    pre = clean_numbers("before", before, missing="keep")
    post = clean_numbers("after", after, missing="keep")
    if len(pre) != len(post):
        raise ValueError(f"{len(pre)} scores before but {len(post)} after; one pair per person")
    keep = ~(np.isnan(pre) | np.isnan(post))
    pre, post = pre[keep], post[keep]
    if not len(pre):
        raise ValueError("nobody has both scores")
    for name, scores in (("before", pre), ("after", post)):
        off = scores[(scores < 0) | (scores > maximum)]
        if off.size:
            raise ValueError(f"{name} holds {off[0]:g}, off the scale from 0 to {maximum:g}")
    return pre, post
