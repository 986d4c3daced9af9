"""Make a company in memory."""

import pandas as pd
from tqdm.auto import tqdm

from ckmlab.datasets.company import Company
from ckmlab.datasets.dictionary import columns_of, frame, keys_of, tables
from ckmlab.datasets.kestrel.answers import add_up, answers, tally
from ckmlab.datasets.kestrel.district import simulate
from ckmlab.datasets.kestrel.headquarters import SHARED_TABLES, simulate_headquarters
from ckmlab.datasets.recipe import Recipe
from ckmlab.datasets.scenario import resolve
from ckmlab.datasets.truth import Sealed

__all__ = ["answers_under", "make_company", "make_district", "make_shared", "unseal"]


def make_company(n_customers=6000, *, seed=2002, scenario="classic", **overrides):
    """Build Kestrel, a fictional regional telecom operator whose hidden truth is known.

    One simulation makes all tables: satisfaction drives problems, renewal, survey response and
    referral; what Kestrel captures, organizes, shares, transfers and publishes drives how well
    problems are solved, and with it satisfaction. The same arguments give the same company on
    every machine.

    Parameters
    ----------
    n_customers : int, default 6000
        How many customers signed in the launch year. All tables are held in memory, some 25 kB a
        customer; for more than it holds see :func:`write_company`.
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
    shared = make_shared(recipe)
    made = [make_district(recipe, district) for district in _with_progress(recipe)]
    public = {
        table: shared[0][table] if table in SHARED_TABLES else _stack([m[0][table] for m in made])
        for table in tables()
    }
    return Company(public, recipe, sealed=_join([m[1] for m in made], shared[1]))


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
    return _public(world), Sealed(_hidden(world), tally(setting, world))


def make_shared(recipe):
    """Make the tables that exist once, whatever the number of districts.

    Parameters
    ----------
    recipe : Recipe
        The company.

    Returns
    -------
    tuple
        Public and latent tables, two dicts of frames.
    """
    world = simulate_headquarters(recipe.setting(0))
    return _public(world), _hidden(world)


def _with_progress(recipe):
    """The districts' numbers, with a bar when it takes more than two seconds."""
    districts = range(recipe.districts)
    alone = len(districts) == 1
    return tqdm(districts, desc="Kestrel", unit="district", delay=2, leave=False, disable=alone)


def _public(world):
    return {name: frame(world[name], columns_of(name)) for name in tables() if name in world}


def _hidden(world):
    """Latent columns with the key of the public table that they belong to."""
    return {
        name: frame(world[name], keys_of(name) | columns_of(name, sealed=True))
        for name in tables(sealed=True)
        if name in world
    }


def _stack(frames):
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _join(parts, shared):
    hidden = {name: _stack([part.tables[name] for part in parts]) for name in parts[0].tables}
    return Sealed(hidden | shared, add_up([part.sums for part in parts]))


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
    made = [make_district(recipe, district)[1] for district in _with_progress(recipe)]
    return _join(made, make_shared(recipe)[1])


def answers_under(recipe):
    """The answer sheet alone, such as that of another policy.

    Parameters
    ----------
    recipe : Recipe
        The company.

    Returns
    -------
    dict of str to float
    """
    settings = map(recipe.setting, _with_progress(recipe))
    return answers(add_up([tally(setting, simulate(setting)) for setting in settings]))
