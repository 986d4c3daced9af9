"""Coarser columns hide people better, and tell less."""

from ckmlab.control import k_utility_frontier
from ckmlab.plots import k_frontier
from ckmlab.widgets._board import Board, whole_slider

__all__ = ["Generalisation", "GeneralisationState"]


class GeneralisationState:
    """A table, the ways to coarsen its columns, and the way chosen.

    Parameters
    ----------
    frame : data frame
        One row per person.
    hierarchies : mapping
        Quasi-identifier → steps from fine to coarse, as for
        :func:`ckmlab.control.k_utility_frontier`.
    utility : callable, optional
        How useful a coarsened table is.
    k : int, default 5
        The group size you want.

    Attributes
    ----------
    ways : pandas.DataFrame
        Every combination of levels with its ``k`` and ``utility``; computed once.
    levels : dict of str to int
        The combination chosen.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.control import bands, hidden
    >>> people = pd.DataFrame({"born": [1983, 1985, 1991, 1994]})
    >>> state = GeneralisationState(people, {"born": [bands(10), hidden]}, k=2)
    >>> state.levels["born"] = 1
    >>> int(state.chosen()["k"])
    2
    """

    def __init__(self, frame, hierarchies, *, utility=None, k=5):
        self.k = k
        self.steps = {column: len(steps) for column, steps in hierarchies.items()}
        self.ways = k_utility_frontier(frame, hierarchies, utility=utility)
        self.levels = dict.fromkeys(hierarchies, 0)

    def chosen(self):
        """The row of :attr:`ways` with the levels chosen.

        Returns
        -------
        pandas.Series
        """
        fits = (self.ways[list(self.levels)] == list(self.levels.values())).all(axis=1)
        return self.ways[fits].iloc[0]

    def picture(self):
        """All ways by k and usefulness, the chosen one marked.

        Returns
        -------
        Picture
        """
        return k_frontier(self.ways, k=self.k, levels=self.levels)


class Generalisation(Board):
    """One slider per column; find a way that reaches k and still tells something.

    Parameters
    ----------
    frame, hierarchies, utility, k
        As for :class:`GeneralisationState`.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.control import bands, hidden
    >>> people = pd.DataFrame({"born": [1983, 1985, 1991, 1994]})
    >>> board = Generalisation(people, {"born": [bands(10), hidden]}, k=2)
    >>> board.set(born=1)
    >>> board.state.levels
    {'born': 1}
    """

    def __init__(self, frame, hierarchies, *, utility=None, k=5):
        state = GeneralisationState(frame, hierarchies, utility=utility, k=k)
        controls = {
            column: whole_slider(f"Coarsen {column}", 0, 0, steps)
            for column, steps in state.steps.items()
        }
        super().__init__(state, controls)

    def _moved(self, name, change):
        self.state.levels[name] = change["new"]
        self._draw()
