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
        The company the numbers come from; adds its seed, size, scenario with every knob that was
        turned, and the first digits of :meth:`~ckmlab.datasets.Company.digest`: who makes the
        company again can compare them.

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
        from ckmlab.datasets import scenarios

        world = company.scenario
        facts |= {
            "company's seed": company.seed,
            "company's scenario": world.name if world == scenarios.get(world.name) else repr(world),
            "company's customers": company.n_customers,
            "company's digest": f"sha256:{company.digest()[:16]}",
        }
    return pd.Series(facts, name="provenance")
