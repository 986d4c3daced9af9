"""Published tables: purchases, donations, contract retention and a satisfaction index."""

import importlib.util
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ckmlab.arguments import choose

__all__ = ["Ecsi", "load_cdnow", "load_contract_retention", "load_donations", "load_ecsi"]

CDNOW = {
    "sample": ("CDNOW_sample.txt", ["master_id", "customer_id", "date", "quantity", "amount"]),
    "master": ("CDNOW_master.txt", ["customer_id", "date", "quantity", "amount"]),
}


def load_cdnow(part="sample", *, path=None):
    """Purchases at the online music shop CDNOW, 1997 to mid-1998.

    The cohort that first bought in the first quarter of 1997: 23,570 customers (``"master"``) or
    the tenth of them that the papers use (``"sample"``, 2,357 customers, 6,919 rows). The first 39
    weeks, to 30 September 1997, are the usual calibration. The files are not ours to ship; they
    come inside the package ``lifetimes``, which is read as a folder and never imported.

    Parameters
    ----------
    part : {"sample", "master"}
        Which file.
    path : str or path, optional
        A copy of the file elsewhere.

    Returns
    -------
    pandas.DataFrame
        One row a purchase, as in the file: ``customer_id`` (int), ``date`` (datetime64, day),
        ``quantity`` (CDs), ``amount`` (US dollars; a few are 0). Several purchases of one customer
        on one day are separate rows.

    Raises
    ------
    FileNotFoundError
        If neither the package nor a file at ``path`` is there.
    ValueError
        If the file is not the one asked for.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way.
    Marketing Science 24(2).

    Examples
    --------
    >>> purchases = load_cdnow()  # doctest: +SKIP
    >>> purchases.customer_id.nunique()  # doctest: +SKIP
    2357
    """
    name, columns = CDNOW[choose("part", part, CDNOW)]
    source = _lifetimes_folder() / name if path is None else Path(path)
    if not source.is_file():
        raise FileNotFoundError(f"there is no file {source}; give the path of {name}")
    lines = source.read_text(encoding="ascii", errors="replace").splitlines()
    rows = [line.split() for line in lines if line.strip()]
    if part == "master" and rows and rows[0][0] == "customer_id":
        rows = rows[1:]
    wrong = next((number for number, row in enumerate(rows) if len(row) != len(columns)), None)
    if wrong is not None or not rows:
        raise ValueError(
            f"{source.name} is not CDNOW's {part}: row {wrong or 0} has not the {len(columns)} "
            f"columns {columns}; choose another part, or another file"
        )
    table = pd.DataFrame(rows, columns=columns)
    return pd.DataFrame(
        {
            "customer_id": table["customer_id"].astype("int64"),
            "date": pd.to_datetime(table["date"], format="%Y%m%d"),
            "quantity": table["quantity"].astype("int64"),
            "amount": table["amount"].astype("float64"),
        }
    )


def load_donations():
    """Yearly donations of 11,104 donors over six years, as counts.

    Returns
    -------
    pandas.DataFrame
        22 rows: ``frequency`` (years with a gift), ``recency`` (last year with a gift, 0 for none),
        ``opportunities`` (6), ``donors`` (how many).

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Shang, J. (2010). Customer-base analysis in a discrete-time
    noncontractual setting. Marketing Science.

    Examples
    --------
    >>> int(load_donations().donors.sum())
    11104
    """
    return pd.read_csv(_shipped("donations.csv"), dtype="int64")


def load_contract_retention():
    """How many of two cohorts of subscribers were still there after 0 to 12 years.

    Returns
    -------
    pandas.DataFrame
        13 rows: ``year``, ``regular``, ``high_end`` (per cent of the cohort, one decimal, as
        printed).

    References
    ----------
    Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. Journal of
    Interactive Marketing 21(1), 76–90, doi:10.1002/dir.20074.

    Examples
    --------
    >>> load_contract_retention().tail(1).values.tolist()
    [[12.0, 17.3, 39.4]]
    """
    kinds = {"year": "int64", "regular": "float64", "high_end": "float64"}
    return pd.read_csv(_shipped("contract_retention.csv"), dtype=kinds)


class Ecsi(NamedTuple):
    """Published figures of the European Customer Satisfaction Index, mobile operators.

    Parameters
    ----------
    constructs : pandas.DataFrame
        Correlations of the seven construct scores, shape (7, 7).
    items : pandas.DataFrame
        One row an item, indexed by its name: ``construct``, ``loading`` (correlation with the
        construct score), ``mean`` and ``sd`` in points of the 1-to-10 scale (missing where no
        source prints them).
    item_correlations : pandas.DataFrame
        Correlations of the 13 items of image, expectation, value and satisfaction.
    paths : pandas.DataFrame
        Structural paths: ``source``, ``target``, ``estimate``, ``bootstrap_se`` (500 resamples).
    n : int
        Number of respondents, 250.
    """

    constructs: pd.DataFrame
    items: pd.DataFrame
    item_correlations: pd.DataFrame
    paths: pd.DataFrame
    n: int


def load_ecsi():
    """Correlations, loadings, means and paths of a satisfaction study with 250 respondents.

    The raw answers are not shipped; what is here are printed facts, from which the structural model
    can be computed again.

    Returns
    -------
    Ecsi
        ``constructs``, ``items``, ``item_correlations``, ``paths``, ``n``.

    References
    ----------
    Tenenhaus, M., Esposito Vinzi, V., Chatelin, Y.-M. & Lauro, C. (2005). PLS path modeling.
    Computational Statistics & Data Analysis 48, 159–205.

    Monecke, A. & Leisch, F. (2012). semPLS: structural equation modeling using partial least
    squares. Journal of Statistical Software 48(3).

    Examples
    --------
    >>> ecsi = load_ecsi()
    >>> float(ecsi.items.loading["CUSL2"])
    0.219
    """
    return Ecsi(
        constructs=pd.read_csv(_shipped("ecsi_constructs.csv"), index_col="construct"),
        items=pd.read_csv(_shipped("ecsi_items.csv"), index_col="item"),
        item_correlations=pd.read_csv(_shipped("ecsi_item_correlations.csv"), index_col="item"),
        paths=pd.read_csv(_shipped("ecsi_paths.csv")),
        n=250,
    )


def _shipped(name):
    """A shipped file: inside an installed package, or beside it in a checkout."""
    package = Path(str(files("ckmlab")))
    folders = [package / "_shipped" / "datasets", package.parent / "datasets"]
    found = [folder / "published" / name for folder in folders]
    return next((path for path in found if path.is_file()), found[-1])


def _lifetimes_folder():
    spec = importlib.util.find_spec("lifetimes")
    if spec is None:
        raise FileNotFoundError(
            "the CDNOW files come with the package lifetimes: pip install 'ckmlab[peers]', "
            "or give the path of a copy"
        )
    return Path(spec.submodule_search_locations[0]) / "datasets"
