"""Where a study's figures were printed, as a line and as BibTeX."""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Citation"]


@dataclass(frozen=True)
class Citation:
    """A published work.

    Parameters
    ----------
    authors : str
        Family names and initials, authors separated by semicolons; empty for a study that is
        deliberately not named.
    year : int or None
        Year of publication.
    title : str
        Title, or what the work is.
    venue : str
        Journal, volume and pages, or publisher.
    doi : str
        Digital object identifier, only where it was confirmed.
    note : str
        What the reader should know, such as figures that are not confirmed.

    Examples
    --------
    >>> work = Citation("Doe, J.; Roe, R.", 2020, "Hoarding", "Journal of Examples 1", "10.1/x")
    >>> print(work)
    Doe, J.; Roe, R. (2020). Hoarding. Journal of Examples 1. doi:10.1/x
    >>> print(work.bibtex())
    @article{doe2020,
      author = {Doe, J. and Roe, R.},
      year = {2020},
      title = {Hoarding},
      journal = {Journal of Examples 1},
      doi = {10.1/x},
    }
    """

    authors: str
    year: int | None
    title: str = ""
    venue: str = ""
    doi: str = ""
    note: str = ""

    @property
    def key(self):
        """BibTeX key: the first author's family name in plain letters, and the year."""
        first = unicodedata.normalize("NFKD", self.authors.split(",")[0] or "anonymous")
        plain = re.sub(r"[^a-z]", "", first.encode("ascii", "ignore").decode().lower())
        return f"{plain}{self.year or 'nd'}"

    def bibtex(self):
        """The work as a BibTeX entry.

        Returns
        -------
        str
        """
        fields = {
            "author": self.authors.replace("; ", " and "),
            "year": self.year,
            "title": self.title,
            "journal": self.venue,
            "doi": self.doi,
            "note": self.note,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        kind = "article" if self.venue else "misc"
        return "\n".join([f"@{kind}{{{self.key},", *lines, "}"])

    def __str__(self):
        who = f"{self.authors or 'Not named'} ({self.year or 'n.d.'})"
        parts = [who, self.title, self.venue, f"doi:{self.doi}" if self.doi else "", self.note]
        return ". ".join(part.rstrip(".") if part != self.note else part for part in parts if part)
