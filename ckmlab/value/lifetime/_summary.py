"""The printed table of a fit, made with statsmodels' own tables (text, HTML, LaTeX)."""

import numpy as np
import pandas as pd

__all__ = ["summary"]


def summary(results, alpha=0.05):
    """A statsmodels ``Summary`` of the results.

    Parameters
    ----------
    results : LifetimeResults
        A fit.
    alpha : float, default 0.05
        One minus the level of the intervals.

    Returns
    -------
    statsmodels.iolib.summary.Summary
    """
    from statsmodels.iolib.summary import Summary
    from statsmodels.iolib.table import SimpleTable

    model = results.model
    head = [
        ["Model:", model.title, "Log-Likelihood:", f"{results.llf:.2f}"],
        ["Customers:", f"{results.nobs:,.0f}", "AIC:", f"{results.aic:.2f}"],
        ["Distinct rows:", f"{len(model.rows):,}", "BIC:", f"{results.bic:.2f}"],
        ["Method:", "Maximum likelihood", "Converged:", "yes" if results.converged else "NO"],
    ]
    page = Summary()
    page.tables.append(SimpleTable(head, title=f"{model.title} Results"))
    body = _parameters(results, alpha)
    rows = [[_number(value) for value in row] for row in body.to_numpy()]
    page.tables.append(SimpleTable(rows, headers=list(body), stubs=list(body.index)))
    notes = [model.note] if model.note else []
    if not results.converged:
        notes.insert(0, "The fit did NOT converge: do not use these numbers.")
    if notes:
        page.add_extra_txt(notes)
    return page


def _parameters(results, alpha):
    """The numbers of the table; z and p only where there are coefficients to test."""
    body = pd.DataFrame({"coef": results.params, "std err": results.bse})
    if results.model.covariates:
        body = body.assign(**{"z": results.tvalues, "P>|z|": results.pvalues})
    interval = results.conf_int(alpha)
    return body.assign(**{f"[{alpha / 2:g}": interval[0], f"{1 - alpha / 2:g}]": interval[1]})


def _number(value):
    return "—" if np.isnan(value) else f"{value:.4g}"
