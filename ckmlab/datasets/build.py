"""Make a company in memory."""

import numpy as np
import pandas as pd

from ckmlab.datasets.company import Company
from ckmlab.datasets.dictionary import columns_of, frame, tables
from ckmlab.datasets.kestrel.answers import tally
from ckmlab.datasets.kestrel.district import simulate
from ckmlab.datasets.recipe import Recipe
from ckmlab.datasets.scenario import resolve
from ckmlab.datasets.truth import Sealed

__all__ = ["make_company", "make_district", "seal", "unseal"]


def make_company(n_customers=6000, *, seed=2002, scenario="classic", **overrides):
    """Build Kestrel, a fictional regional telecom operator whose hidden truth is known.

    One simulation makes all tables: satisfaction drives problems, renewal, survey response and
    referral; what Kestrel captures, organizes, shares, transfers and publishes drives how well
    problems are solved, and with it satisfaction. The same arguments give the same company on
    every machine.

    Parameters
    ----------
    n_customers : int, default 6000
        How many customers signed in the launch year.
    seed : int, default 2002
        Any whole number from 0 to 2**64 - 1; each one gives another company.
    scenario : str or Scenario, default "classic"
        ``"honest"`` (no traps), ``"classic"``, ``"hard"``, ``"b2b"``, ``"nonprofit"``, or your own.
    **overrides
        Knobs and traps of :class:`~ckmlab.datasets.Scenario` to change, such as
        ``nonresponse=False`` or ``capture=0.8``.

    Returns
    -------
    Company
        Tables as attributes, ``tables``, ``dictionary``, and the sealed ``truth``.

    Raises
    ------
    TypeError, ValueError
        If a number is impossible or a name unknown; the message says what to give instead.

    See Also
    --------
    load_company : The company that ships with the package.
    write_company : The same at any size, on disk.

    Examples
    --------
    >>> company = make_company(400, seed=1)
    >>> len(company.customers)
    400
    >>> sorted(company.knowledge_items["ktype_coded"].unique().tolist())
    ['about', 'for', 'from']
    """
    recipe = Recipe(n_customers, seed, resolve(scenario, overrides))
    made = [make_district(recipe, district) for district in range(recipe.districts)]
    public = {table: _stack([district[0][table] for district in made]) for table in tables()}
    return Company(public, recipe, sealed=_join([district[1] for district in made]))


def make_district(recipe, district):
    """Simulate one district.

    Parameters
    ----------
    recipe : Recipe
        The company.
    district : int
        Number of the district, from 0.

    Returns
    -------
    tuple
        Its public tables, a dict of frames, and its :class:`~ckmlab.datasets.truth.Sealed` part.
    """
    setting = recipe.setting(district)
    world = simulate(setting)
    public = {table: frame(world[table], columns_of(table)) for table in tables()}
    return public, seal(setting, world)


def seal(setting, world):
    """What only the truth may know of a district.

    Parameters
    ----------
    setting : Setting
        The district.
    world : dict
        Its columns.

    Returns
    -------
    Sealed
    """
    hidden = {}
    for table in tables(sealed=True):
        keys = _keys(table) if table in tables() else {}
        hidden[table] = frame(world[table], keys | columns_of(table, sealed=True))
    return Sealed(hidden, tally(setting, world))


def _keys(table):
    """The column that identifies a row, so that latent columns can be joined to public ones."""
    name, kind = next(iter(columns_of(table).items()))
    return {name: kind}


def _stack(frames):
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _join(parts):
    names = parts[0].tables
    sums = {name: np.sum([part.sums[name] for part in parts]).item() for name in parts[0].sums}
    return Sealed({name: _stack([part.tables[name] for part in parts]) for name in names}, sums)


def unseal(recipe):
    """Simulate a company again for the sake of its truth.

    Parameters
    ----------
    recipe : Recipe
        The company.

    Returns
    -------
    Sealed
    """
    settings = map(recipe.setting, range(recipe.districts))
    return _join([seal(setting, simulate(setting)) for setting in settings])
