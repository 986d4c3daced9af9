"""Regenerate the data that ships with the project: ``python -m ckmlab.datasets.ship``."""

import shutil
from pathlib import Path

from ckmlab.datasets.build import make_company

__all__ = ["CANONICAL", "ship"]

CANONICAL = {"n_customers": 1000, "seed": 2002, "scenario": "classic"}
"""The company that everybody has; small enough to read with an editor."""


def ship(folder):
    """Write the canonical company anew.

    Parameters
    ----------
    folder : path
        The project's ``datasets`` folder.

    Returns
    -------
    pathlib.Path
        Where the company lies now.
    """
    target = Path(folder) / "kestrel"
    if target.exists():
        shutil.rmtree(target)
    return make_company(**CANONICAL).save(target)


if __name__ == "__main__":
    print(ship(Path(__file__).parents[2] / "datasets"))
