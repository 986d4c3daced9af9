"""The printed table of a fit, made with statsmodels' own tables (text, HTML, LaTeX)."""

import numpy as np

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
    intervals = results.conf_int(alpha).to_numpy()
    body = [
        [_number(results.params[name]), _number(results.bse[name]), *map(_number, interval)]
        for name, interval in zip(results.params.index, intervals, strict=True)
    ]
    page = Summary()
    page.tables.append(SimpleTable(head, title=f"{model.title} Results"))
    columns = ["coef", "std err", f"[{alpha / 2:g}", f"{1 - alpha / 2:g}]"]
    page.tables.append(SimpleTable(body, headers=columns, stubs=list(results.params.index)))
    notes = [model.note] if model.note else []
    if not results.converged:
        notes.insert(0, "The fit did NOT converge: do not use these numbers.")
    if notes:
        page.add_extra_txt(notes)
    return page


def _number(value):
    return "—" if np.isnan(value) else f"{value:.4g}"
