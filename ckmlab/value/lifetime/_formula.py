"""Covariates by formula: indicators for categories, transformations, interactions."""

import narwhals as nw

from ckmlab.frames import require

__all__ = ["FormulaDesign"]


class FormulaDesign:
    """Covariate columns that formulas make of a frame; the same for new customers later.

    Parameters
    ----------
    formulas : dict of str to str
        Process → formula, such as ``{"purchase": "~ age + C(region)"}``; the constant is the
        model's own parameter.
    data : data frame
        The customers; categories and centres are taken from them.
    where : str
        The caller's name, for messages.
    """

    def __init__(self, formulas, data, *, where):
        from formulaic import Formula

        self._where = where
        frame = self._pandas(data)
        self._specs, self.columns = {}, {}
        for process, formula in formulas.items():
            matrix = Formula(formula).get_model_matrix(frame, na_action="raise")
            self._specs[process] = matrix.model_spec
            self.columns[process] = [name for name in matrix.columns if name != "Intercept"]

    def apply(self, data):
        """The frame with the covariate columns added, as pandas."""
        frame = self._pandas(data)
        made = {}
        for process, spec in self._specs.items():
            matrix = spec.get_model_matrix(frame, na_action="raise")
            made |= {name: matrix[name] for name in self.columns[process]}
        return frame.assign(**made)

    def _pandas(self, data):
        wrapped = require(data, [], where=self._where)
        wrapped = wrapped.collect() if isinstance(wrapped, nw.LazyFrame) else wrapped
        return wrapped.to_pandas()
