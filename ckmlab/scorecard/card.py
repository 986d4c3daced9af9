"""The scorecard: every measure the tables allow, and a plain word on those they do not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ckmlab.scorecard.goals import GOALS, goal_measures
from ckmlab.scorecard.regimes import regime_measures

__all__ = ["Scorecard", "scorecard"]


@dataclass(frozen=True)
class Scorecard:
    """Measures of customer knowledge management in a firm.

    Parameters
    ----------
    goals : pandas.DataFrame
        The four goals: ``area``, ``measure``, ``value``, ``low``, ``high``, ``n``.
    regimes : pandas.DataFrame
        The comparison table: the same, with ``lens`` (KM, CRM, CKM) and ``unit``.
    not_computed : pandas.DataFrame
        ``area``, ``lens``, ``measure`` and ``missing``: tables and columns that were not
        there, or what else was in the way.
    """

    goals: pd.DataFrame
    regimes: pd.DataFrame
    not_computed: pd.DataFrame

    def comparison(self):
        """The comparison table with numbers in its cells.

        Returns
        -------
        pandas.DataFrame
            Rows of Gibbert et al. down, KM, CRM and CKM across; NaN where not computed.
        """
        every = [(one.area, one.lens) for one in regime_measures()]
        rows = list(dict.fromkeys(area for area, _ in every))
        table = pd.DataFrame(np.nan, index=rows, columns=["KM", "CRM", "CKM"])
        for row in self.regimes.itertuples():
            table.loc[row.area, row.lens] = row.value
        return table

    def maturity(self):
        """How mature the firm is, read in two ways that disagree.

        Each goal's reading is the mean of its measures. A firm is as mature as its weakest
        goal, say those who take the goals as steps; as its average goal, say those who let
        strength make up for weakness.

        Returns
        -------
        pandas.DataFrame
            The four goals and the summaries "weakest" and "mean": ``reading`` between 0 and
            1, ``level`` from 1 to 5 (fifths of the reading) and ``measures``, the number of
            measures behind it. A goal without a measure is NaN, and left out of the summaries.

        References
        ----------
        Maturity models score either way; Pee, Teah and Kankanhalli on KM maturity.
        """
        grouped = self.goals.value.astype(float).groupby(self.goals.area)
        table = pd.DataFrame({"reading": grouped.mean(), "measures": grouped.size()})
        table = table.reindex(GOALS).fillna({"measures": 0})
        table.loc["weakest"] = [table.reading[GOALS].min(), table.measures[GOALS].sum()]
        table.loc["mean"] = [table.reading[GOALS].mean(), table.measures[GOALS].sum()]
        level = np.floor(table.reading * 5).clip(upper=4) + 1
        return table.assign(level=level, measures=table.measures.astype(int))[
            ["reading", "level", "measures"]
        ]

    def __repr__(self):
        done, open_ = len(self.goals) + len(self.regimes), len(self.not_computed)
        readings = self.maturity().reading
        shown = ", ".join(f"{goal} {readings[goal]:.2f}" for goal in GOALS)
        return (
            f"scorecard of {done} measures, {open_} not computed\n  {shown}\n"
            f"  weakest {readings['weakest']:.2f}, mean {readings['mean']:.2f}"
        )


def scorecard(tables, *, scale=(1, 10)):
    """Compute the scorecard of customer knowledge management from any set of tables.

    Two halves: the four goals of Bueren et al. (transparency, dissemination, development,
    efficiency), and the comparison of KM, CRM and CKM by Gibbert et al. with a measure in each
    cell. A measure whose table or column is missing is not an error: it is listed with what
    it lacks.

    Parameters
    ----------
    tables : mapping
        Table name → frame of any library; names and columns as in Kestrel's dictionary. An
        object with such a mapping as ``tables``, like a Company, will do.
    scale : tuple of float, default (1, 10)
        Lowest and highest point of the satisfaction question ``surveys.cusa1``; Kestrel asks on
        ten points, other firms on five or seven.

    Returns
    -------
    Scorecard

    Raises
    ------
    TypeError
        If there is no mapping of tables.

    Notes
    -----
    The choice of measures is this laboratory's proposal. Frames are converted to pandas, only
    the columns needed.

    References
    ----------
    Gibbert, Leibold and Probst (2002), European Management Journal 20(5), 459-469; Bueren,
    Schierholz, Kolbe and Brenner (2005), Business Process Management Journal 11(5), 573-588.

    Examples
    --------
    >>> import pandas as pd
    >>> ideas = pd.DataFrame({"origin": ["customer", "employee"], "adopted": [True, True]})
    >>> card = scorecard({"ideas": ideas})
    >>> card.regimes[["measure", "value"]].values.tolist()
    [['adopted ideas that came from customers', 0.5]]
    >>> card.not_computed.missing.iloc[0]
    'knowledge_items'
    """
    tables = getattr(tables, "tables", tables)
    # A single frame has keys() as well, but they are its columns.
    if not hasattr(tables, "keys") or hasattr(tables, "columns"):
        raise TypeError(
            f"scorecard needs a mapping of table names to frames, got {type(tables).__name__}"
        )
    goals, open_goals = _computed(goal_measures(), tables)
    regimes, open_regimes = _computed(regime_measures(scale=scale), tables)
    columns = ["area", "lens", "measure", "missing"]
    return Scorecard(
        goals.drop(columns=["lens", "unit"]),
        regimes,
        pd.DataFrame(open_goals + open_regimes, columns=columns),
    )


def _computed(measures, tables):
    rows, gaps = [], []
    for one in measures:
        missing = one.missing(tables)
        try:
            found = None if missing else one.value(tables)
        except (TypeError, ValueError) as error:
            missing = [str(error)]
        if missing or np.isnan(found.value):
            reason = ", ".join(missing) or "too few cases"
            gaps.append((one.area, one.lens, one.name, reason))
            continue
        rows.append(
            {
                "area": one.area,
                "lens": one.lens,
                "measure": one.name,
                "unit": one.unit,
                "value": found.value,
                "low": found.low,
                "high": found.high,
                "n": found.n,
            }
        )
    columns = ["area", "lens", "measure", "unit", "value", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns), gaps
