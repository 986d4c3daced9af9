"""A company: public tables for everybody, the truth for those who ask by name."""

from html import escape
from types import MappingProxyType

from ckmlab.datasets.dictionary import read_dictionary
from ckmlab.datasets.effects import effects_of
from ckmlab.datasets.truth import Truth

__all__ = ["Company"]


class Company:
    """Kestrel: its tables as attributes, their dictionary, and the sealed truth.

    Made by :func:`~ckmlab.datasets.make_company` or :func:`~ckmlab.datasets.load_company`.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The public tables.
    recipe : Recipe
        What the company follows from.
    sealed : Sealed, optional
        The latent part; simulated again from the recipe when it is needed and not given.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> company = make_company(400, seed=1)
    >>> company.customers.columns[:3].tolist()
    ['customer_id', 'segment', 'region']
    >>> company.scenario.name
    'classic'
    """

    def __init__(self, tables, recipe, *, sealed=None):
        self._tables = dict(tables)
        self._recipe = recipe
        self._sealed = sealed

    @property
    def tables(self):
        """All public tables by name (a read-only mapping)."""
        return MappingProxyType(self._tables)

    @property
    def n_customers(self):
        """Number of customers."""
        return self._recipe.n_customers

    @property
    def seed(self):
        """The seed it was made with."""
        return self._recipe.seed

    @property
    def scenario(self):
        """The scenario it was made with."""
        return self._recipe.scenario

    @property
    def dictionary(self):
        """What each public column is: table, column, type, unit, range, meaning, key, concept."""
        return read_dictionary()

    @property
    def truth(self):
        """The sealed ledger; see :class:`~ckmlab.datasets.truth.Truth`."""
        return Truth(self._unseal, effects_of(self._recipe))

    def counterfactual(self, **policy):
        """The same customers with the same luck, had Kestrel acted otherwise.

        All random draws stay as they are; only what the policy causes changes. So the difference
        between the two companies' truths is the policy's effect, with little noise.

        Parameters
        ----------
        **policy
            New settings of ``capture``, ``organize``, ``share``, ``transfer`` or ``publish``, each
            between 0 and 1.

        Returns
        -------
        Company

        Raises
        ------
        TypeError
            If something other than a policy is to change: that would be another company.

        Examples
        --------
        >>> from ckmlab.datasets import make_company
        >>> company = make_company(2000, seed=1)
        >>> listening = company.counterfactual(capture=0.9)
        >>> listening.truth["customer_years"] > company.truth["customer_years"]
        True
        """
        from ckmlab.datasets.build import make_company
        from ckmlab.datasets.scenario import POLICY

        for name in policy:
            if name not in POLICY:
                raise TypeError(
                    f"{name!r} is no policy of the firm; a counterfactual may change "
                    f"{', '.join(POLICY)}"
                )
        scenario = self.scenario.but(**policy)
        return make_company(self.n_customers, seed=self.seed, scenario=scenario)

    def digest(self):
        """SHA-256 of all public tables as CSV text: the same company, the same digest anywhere.

        Returns
        -------
        str
            64 hexadecimal digits.

        Examples
        --------
        >>> from ckmlab.datasets import make_company
        >>> make_company(50, seed=1).digest() == make_company(50, seed=1).digest()
        True
        """
        from hashlib import sha256

        from ckmlab.datasets.dictionary import columns_of
        from ckmlab.datasets.folder import as_text

        sha = sha256()
        for name, table in self._tables.items():
            text = as_text(table, columns_of(name)).to_csv(index=False, lineterminator="\n")
            sha.update(text.encode())
        return sha.hexdigest()

    def save(self, folder, *, truth=False):
        """Write the tables as CSV with a Frictionless ``datapackage.json`` and a data card.

        Parameters
        ----------
        folder : path
            A new or empty folder, or one that holds this very company.
        truth : bool, default False
            Whether to write the sealed truth too, into the sub-folder ``truth``.

        Returns
        -------
        pathlib.Path
            The folder.
        """
        from ckmlab.datasets.folder import save_company

        return save_company(self, folder, truth=truth)

    def overview(self):
        """Draw the company on one page: its tables with sizes and links, a few distributions.

        Returns
        -------
        ckmlab.views.Picture
        """
        from ckmlab.datasets.overview import summarise
        from ckmlab.plots.company import company_overview

        return company_overview(summarise(self), title=self._headline())

    def __getattr__(self, name):
        tables = self.__dict__.get("_tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"Kestrel has no table {name!r}; it has {', '.join(tables)}")

    def __dir__(self):
        return [*super().__dir__(), *self._tables]

    def __repr__(self):
        lines = [self._headline()]
        width = max(map(len, self._tables))
        lines += [
            f"  {name:<{width}}  {len(table):>9,} rows × {table.shape[1]} columns"
            for name, table in self._tables.items()
        ]
        return "\n".join(lines)

    def _repr_html_(self):
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:right'>{len(table):,}</td>"
            f"<td style='text-align:left'>{escape(', '.join(table.columns))}</td></tr>"
            for name, table in self._tables.items()
        )
        return (
            f"<table><caption>{escape(self._headline())}</caption><thead><tr>"
            "<th style='text-align:left'>table</th><th>rows</th>"
            f"<th style='text-align:left'>columns</th></tr></thead><tbody>{rows}</tbody></table>"
        )

    def __getstate__(self):
        # The truth is no part of a pickle; it can be simulated again.
        return {**self.__dict__, "_sealed": None}

    def _headline(self):
        return (
            f"Kestrel, {self.n_customers:,} customers (scenario {self.scenario.name}, "
            f"seed {self.seed})"
        )

    def _unseal(self):
        if self._sealed is None:
            from ckmlab.datasets.build import unseal

            self._sealed = unseal(self._recipe)
        return self._sealed
