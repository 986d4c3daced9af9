"""Regenerate the data and metadata that ship: ``python -m ckmlab.datasets.ship``."""

import json
import shutil
from pathlib import Path

from ckmlab.datasets.build import make_company
from ckmlab.datasets.croissant import croissant

__all__ = ["CANONICAL", "croissant_of_published", "ship"]

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


def croissant_of_published(folder):
    """The Croissant description of the published tables, from their ``datapackage.json``.

    Parameters
    ----------
    folder : path
        The project's ``datasets`` folder.

    Returns
    -------
    str
        The content of ``published/croissant.json``.
    """
    described = (Path(folder) / "published" / "datapackage.json").read_text(encoding="utf-8")
    return json.dumps(croissant(json.loads(described)), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    place = Path(__file__).parents[2] / "datasets"
    print(ship(place))
    (place / "published" / "croissant.json").write_text(
        croissant_of_published(place), encoding="utf-8", newline="\n"
    )
