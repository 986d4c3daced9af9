"""One measure of the scorecard: what it needs, what it computes, how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ckmlab.frames import require, to_pandas
from ckmlab.results import Estimate

__all__ = ["Measure"]


@dataclass(frozen=True)
class Measure:
    """A question put to a set of tables.

    Parameters
    ----------
    area : str
        A goal (transparency, dissemination, development, efficiency) or a row of the
        comparison of Gibbert et al.
    name : str
        What is measured.
    needs : mapping
        Table → columns it needs.
    compute : callable
        Takes the needed tables as pandas frames, by name, and returns a number or an Estimate.
    lens : str
        "KM", "CRM" or "CKM" for a cell of the comparison, empty for a goal.
    unit : str
        "share", "minutes", "money", "points" and the like.
    """

    area: str
    name: str
    needs: Mapping
    compute: Callable
    lens: str = ""
    unit: str = "share"

    def missing(self, tables):
        """What keeps the measure from being computed.

        Parameters
        ----------
        tables : mapping
            Table name → frame.

        Returns
        -------
        list of str
            ``table`` for a table that is not there, ``table.column`` for a column.
        """
        gaps = []
        for table, columns in self.needs.items():
            if table not in tables:
                gaps.append(table)
                continue
            frame = require(tables[table], [], where=f"table {table!r} of the scorecard")
            present = frame.collect_schema().names()
            gaps += [f"{table}.{column}" for column in columns if column not in present]
        return gaps

    def value(self, tables):
        """Compute it.

        Parameters
        ----------
        tables : mapping
            Table name → frame; all that is needed must be there.

        Returns
        -------
        Estimate

        Raises
        ------
        ValueError
            If the tables hold too little to compute it from.
        """
        frames = {
            table: to_pandas(tables[table], columns, where=self.name)
            for table, columns in self.needs.items()
        }
        found = self.compute(**frames)
        return found if isinstance(found, Estimate) else Estimate(found)
