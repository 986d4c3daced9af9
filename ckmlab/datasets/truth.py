"""The sealed ledger: what holds in truth, shown only when asked for by name."""

import logging
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files

import pandas as pd

from ckmlab.datasets.kestrel.answers import answers

__all__ = ["Sealed", "Truth"]

_log = logging.getLogger("ckmlab.truth")


@dataclass(frozen=True, repr=False)
class Sealed:
    """Latent tables and sums behind the answer sheet.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Latent columns with the key of the public table they belong to.
    sums : dict of str to number
        Additive counts, see :func:`ckmlab.datasets.kestrel.answers.tally`.
    """

    tables: dict
    sums: dict


class Truth:
    """The answers that Kestrel's own staff will never know.

    ``truth["name"]`` gives one true quantity, ``list(truth)`` the names, ``truth.describe()`` what
    they mean, and ``truth.table("knowledge_items")`` the latent columns of a table with its key.
    Nothing of it stands in a printed company, a saved folder or a pickle. Each look is logged by
    the logger ``ckmlab.truth``, so that a lecturer can see when the curtain was lifted.

    Parameters
    ----------
    open_sealed : callable
        Gives the :class:`Sealed` part; called at the first look.
    effects : dict of str to callable, optional
        Answers that need the company to be simulated again, by name; each is called with the
        answer sheet.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> truth = make_company(400, seed=1).truth
    >>> truth["voiced"] < truth["dissatisfied"]
    True
    >>> truth
    <the sealed truth: ask by name, see list(truth)>
    """

    def __init__(self, open_sealed, effects=None):
        self._open = open_sealed
        self._effects = effects or {}
        self._known = {}

    def __getitem__(self, name):
        """One true quantity, by name."""
        if name not in self._known:
            self._known[name] = self._find(name)
        _log.info("truth revealed: %s", name)
        return self._known[name]

    def table(self, name):
        """The latent columns of a table, with its key.

        Parameters
        ----------
        name : str
            ``"customers"``, ``"knowledge_items"``, ``"problems"``, …

        Returns
        -------
        pandas.DataFrame
            A copy; join it to the public table on the first column.
        """
        tables = self._open().tables
        if name not in tables:
            raise KeyError(f"the truth has no table {name!r}; it has {', '.join(tables)}")
        _log.info("truth revealed: table %s", name)
        return tables[name].copy()

    def describe(self):
        """Say what each true quantity is, without saying how large.

        Returns
        -------
        pandas.DataFrame
            Columns ``unit`` and ``meaning``, one row per name; ``#`` stands for a year.

        Examples
        --------
        >>> from ckmlab.datasets import make_company
        >>> make_company(50, seed=1).truth.describe().loc["silent", "meaning"]
        'dissatisfied in year 1 and never told Kestrel'
        """
        with files("ckmlab.datasets").joinpath("answers.csv").open(encoding="utf-8") as lines:
            return pd.read_csv(lines, index_col="name")

    @property
    def tables(self):
        """Names of the tables with latent columns."""
        return tuple(self._open().tables)

    def __iter__(self):
        return iter([*self._sheet(), *self._effects])

    def __len__(self):
        return len(self._sheet()) + len(self._effects)

    def __contains__(self, name):
        return name in self._effects or name in self._sheet()

    def keys(self):
        """Names of the true quantities."""
        return list(self)

    def __repr__(self):
        return "<the sealed truth: ask by name, see list(truth)>"

    def __reduce__(self):
        raise TypeError("the truth stays sealed: it cannot be pickled; pickle the company instead")

    def _sheet(self):
        return answers(self._open().sums)

    def _find(self, name):
        if name in self._effects:
            return self._effects[name](self._sheet())
        sheet = self._sheet()
        if name not in sheet:
            names = list(self)
            near = get_close_matches(str(name), names, n=3)
            hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "see list(truth)"
            raise KeyError(f"the truth does not know {name!r}; {hint}")
        return sheet[name]
