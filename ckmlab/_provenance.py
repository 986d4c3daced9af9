"""Where a number comes from: versions, platform, and the data it was computed on."""

import platform
from importlib.metadata import version

import pandas as pd

__all__ = ["provenance"]

PACKAGES = ["ckmlab", "numpy", "scipy", "pandas", "statsmodels", "matplotlib"]


def provenance(company=None):
    """State what a result was computed with, for the end of a notebook or a paper's appendix.

    Parameters
    ----------
    company : ckmlab.datasets.Company, optional
        The company the numbers come from; adds its seed, scenario and size.

    Returns
    -------
    pandas.Series
        One line a fact, named "provenance".

    Examples
    --------
    >>> import ckmlab
    >>> ckmlab.provenance()["ckmlab"] == ckmlab.__version__
    True
    """
    facts = {package: version(package) for package in PACKAGES}
    facts |= {"python": platform.python_version(), "platform": platform.platform(terse=True)}
    if company is not None:
        facts |= {
            "company's seed": company.seed,
            "company's scenario": company.scenario.name,
            "company's customers": company.n_customers,
        }
    return pd.Series(facts, name="provenance")
