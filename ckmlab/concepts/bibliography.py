"""Who said it: the works that the vocabulary rests on."""

import pandas as pd

from ckmlab.concepts._data import entries

__all__ = ["citations", "cite"]


def citations():
    """The works behind the vocabulary.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``key``. ``authors``, ``year`` (missing where unknown), ``title``, ``venue``.
        ``doi``: empty unless it was confirmed. ``confirmed``: whether the reference itself was
        seen in a retrieved text. ``via``: key of the work through which a second-hand reference
        is known, else empty.

    Examples
    --------
    >>> works = citations()
    >>> works.loc["gibbert2002", "doi"]
    '10.1016/S0263-2373(02)00101-9'
    >>> works.index[works["via"] == "sain2014"].tolist()
    ['fernekees2011', 'jacobs2011', 'pavicic2011', 'shieh2011']
    """
    columns = ["authors", "year", "title", "venue", "doi", "confirmed", "via"]
    frame = pd.DataFrame(entries("citations", "entry")).set_index("key")[columns]
    frame["year"] = frame["year"].astype("Int64")
    return frame.fillna({"title": "", "doi": "", "via": ""})


def cite(key):
    """One work as a line for a list of references.

    Parameters
    ----------
    key : str
        A key of :func:`citations`.

    Returns
    -------
    str
        Authors (year). Title. Venue. DOI if confirmed; unconfirmed references say so.

    Raises
    ------
    KeyError
        If there is no such key; the message lists those there are.

    Examples
    --------
    >>> print(cite("rollins2005"))
    Rollins, M., Halinen, A. (2005). Customer knowledge management competence: towards a
    theoretical framework. Hawaii International Conference on System Sciences (HICSS-38).
    """
    works = citations()
    if key not in works.index:
        raise KeyError(f"no work {key!r}; the keys are {works.index.tolist()}")
    work = works.loc[key]
    year = "n.d." if pd.isna(work["year"]) else work["year"]
    parts = [f"{work['authors']} ({year})", work["title"], work["venue"]]
    parts += [f"doi:{work['doi']}"] if work["doi"] else []
    parts += [] if work["confirmed"] else ["Reference not confirmed"]
    return ". ".join(part for part in parts if part) + "."
