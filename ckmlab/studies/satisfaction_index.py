"""R2: the European Customer Satisfaction Index for mobile phone operators, n = 250."""

from importlib.resources import files

import pandas as pd

from ckmlab.datasets import load_ecsi
from ckmlab.studies.citation import Citation
from ckmlab.studies.indirect import indirect_effects
from ckmlab.studies.pls import pls_path_model
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["BLOCKS", "CITATION", "METHOD", "PATHS", "TABLES", "item_correlations", "model",
           "reproduce"]  # fmt: skip

CITATION = Citation(
    "Tenenhaus, M.; Esposito Vinzi, V.; Chatelin, Y.-M.; Lauro, C.",
    2005,
    "PLS path modeling",
    "Computational Statistics & Data Analysis 48, 159–205",
    note="Figures as printed by Monecke & Leisch (2012), Journal of Statistical Software 48(3)",
)
METHOD = (
    "The authors fitted a partial least squares path model, reflective blocks, centroid scheme, "
    "standardised items, and drew 500 bootstrap samples. Such a model sees the data through the "
    "items' correlations alone: these are shipped (24 × 24, five decimals), the answers of the 250 "
    "respondents are not."
)
BLOCKS = {
    "image": ["IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"],
    "expectation": ["CUEX1", "CUEX2", "CUEX3"],
    "quality": ["PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"],
    "value": ["PERV1", "PERV2"],
    "satisfaction": ["CUSA1", "CUSA2", "CUSA3"],
    "complaints": ["CUSCO"],
    "loyalty": ["CUSL1", "CUSL2", "CUSL3"],
}
PATHS = {
    "expectation": ["image"],
    "quality": ["expectation"],
    "value": ["expectation", "quality"],
    "satisfaction": ["image", "expectation", "quality", "value"],
    "complaints": ["satisfaction"],
    "loyalty": ["image", "satisfaction", "complaints"],
}
_PRINTED = load_ecsi()
TABLES = {
    # Shipped with the data sets, because teachers use them alone.
    "loadings": _PRINTED.items["loading"],
    "paths": _PRINTED.paths,
    "total_effects": {
        ("image", "satisfaction"): ".390",
        ("image", "loyalty"): ".399",
        ("quality", "satisfaction"): ".619",
        ("satisfaction", "loyalty"): ".521",
    },
    # 90 % bootstrap intervals (BCa) of the three paths whose interval contains 0.
    "intervals": {
        ("expectation", "value"): ("-.081", ".192"),
        ("expectation", "satisfaction"): ("-.006", ".152"),
        ("complaints", "loyalty"): ("-.016", ".169"),
    },
    "n": 250,
}


def reproduce():
    """Fit the model again and compare every printed loading, path and total effect.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`. Bootstrap errors and intervals depend
        on the rows and on the draws: they are ``under-specified``, beside the error that regression
        on the construct scores gives.

    Examples
    --------
    >>> reproduce()["verdict"].value_counts().to_dict()
    {'reproduced': 39, 'under-specified': 18, 'within rounding': 0, 'not reproducible': 0}
    """
    fit = model()
    loadings = fit.loadings["loading"]
    lines = [
        compare("loadings", item, f"{printed:.3f}", loadings[item])
        for item, printed in TABLES["loadings"].items()
        if item != "CUSCO"  # a construct of one item: its loading is 1 by definition
    ]
    paths = fit.paths.set_index(["source", "target"])
    for line in TABLES["paths"].itertuples():
        name, ours = f"{line.source} → {line.target}", paths.loc[(line.source, line.target)]
        lines.append(compare("paths", name, f"{line.estimate:.4f}", ours["estimate"]))
        error = f"{line.bootstrap_se:.4f}"
        note = "bootstrap in print, regression here"
        lines.append(
            compare("paths", f"error of {name}", error, ours["se"], specified=False, note=note)
        )
    total = fit.effects.set_index(["source", "target"])["total"]
    for (source, target), printed in TABLES["total_effects"].items():
        lines.append(
            compare("total effects", f"{source} ⇒ {target}", printed, total[source, target])
        )
    return reproduction(lines + _intervals(), CITATION)


def item_correlations():
    """Correlations of the 24 items.

    Computed once from the answers of the 250 respondents, which circulate in R packages under the
    GNU General Public License and are not copied here.

    Returns
    -------
    pandas.DataFrame
        Shape (24, 24), five decimals.
    """
    return pd.read_csv(files(__package__) / "satisfaction_index_items.csv", index_col="item")


def model(scheme="centroid"):
    """The satisfaction index as a fitted partial least squares model.

    Parameters
    ----------
    scheme : {"centroid", "factor", "path"}
        The authors' is the centroid scheme.

    Returns
    -------
    ckmlab.studies.pls.PLSResults

    Examples
    --------
    >>> float(model().r_squared["satisfaction"].round(4))
    0.6803
    """
    return pls_path_model(
        correlation=item_correlations(), blocks=BLOCKS, paths=PATHS, scheme=scheme, n=TABLES["n"]
    )


def complaint_route():
    """Does complaint handling carry satisfaction into loyalty? Sobel's test.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.indirect_effects`.

    Examples
    --------
    >>> route = complaint_route().loc["satisfaction → complaints → loyalty"]
    >>> route[["estimate", "z"]].round(4).to_dict()
    {'estimate': 0.0375, 'z': 1.2581}
    """
    return indirect_effects(model().structure, "satisfaction", "loyalty")


def _intervals():
    note = "bootstrap of the respondents' rows; the draws are not printed"
    return [
        compare("90 % intervals", f"{source} → {target}, {end}", text, note=note)
        for (source, target), ends in TABLES["intervals"].items()
        for end, text in zip(["low", "high"], ends, strict=True)
    ]
