"""A study of your own: start it from a template, hand it on as a notebook and a BibTeX entry."""

import inspect
import sys
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

__all__ = ["load_study", "supplement", "template"]


def template(path=None):
    """A study module to fill in: tables, method, ``reproduce``, ``check`` and ``simulate``.

    Parameters
    ----------
    path : path, optional
        File to write, such as ``"doe2020.py"``; one that exists is left alone.

    Returns
    -------
    str or pathlib.Path
        The module's text, or the path written.

    Raises
    ------
    FileExistsError
        If the file is there already.

    Examples
    --------
    >>> print(template().splitlines()[2])
    from ckmlab import studies
    """
    text = (files(__package__) / "study_template.txt").read_text(encoding="utf-8")
    if path is None:
        return text
    path = Path(path)
    if path.exists():
        raise FileExistsError(f"{path} exists and is left alone; choose another name")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def load_study(path):
    """Import a study from a file.

    Parameters
    ----------
    path : path
        A module made from :func:`template`.

    Returns
    -------
    module

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the module lacks ``TABLES``, ``CITATION`` or ``reproduce``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = template(Path(folder) / "mine.py")
    ...     study = load_study(path)
    >>> callable(study.reproduce)
    True
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no study {path}")
    specification = spec_from_file_location(path.stem, path)
    study = module_from_spec(specification)
    specification.loader.exec_module(study)
    for name in ("TABLES", "CITATION", "reproduce"):
        if not hasattr(study, name):
            raise ValueError(f"{path.name} has no {name}; see studies.template()")
    return study


def supplement(study, folder):
    """Write a study's supplementary notebook, its BibTeX entry and its comparison as CSV.

    The notebook holds the study's own code, runs on its own wherever ckmlab is installed, and ends
    with the provenance. Existing files of these names are replaced.

    Parameters
    ----------
    study : module or path
        One of ckmlab's studies, an own module, or its file.
    folder : path
        Where to; made if it is not there.

    Returns
    -------
    list of pathlib.Path
        Notebook (not yet executed), ``.bib`` and ``.csv``.

    Examples
    --------
    >>> import tempfile
    >>> from ckmlab.studies import social_maturity
    >>> [path.name for path in supplement(social_maturity, tempfile.mkdtemp())]
    ['social_maturity.ipynb', 'social_maturity.bib', 'social_maturity.csv']
    """
    import nbformat

    study = study if inspect.ismodule(study) else load_study(study)
    name = study.__name__.rpartition(".")[2]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    frame = study.reproduce()
    notebook, bibliography, table = (folder / f"{name}.{end}" for end in ("ipynb", "bib", "csv"))
    nbformat.write(_notebook(study, name), notebook)
    bibliography.write_text(study.CITATION.bibtex() + "\n", encoding="utf-8", newline="\n")
    frame.to_csv(table, index=False, lineterminator="\n")
    return [notebook, bibliography, table]


def _notebook(study, name):
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    method = getattr(study, "METHOD", "")
    cells = [
        new_markdown_cell(f"# {study.CITATION.title or name}\n\n{study.CITATION}\n\n{method}"),
        *[new_code_cell(text) for text in _code(study, name)],
        new_markdown_cell("## Published against recomputed"),
        new_code_cell("frame = reproduce()\nframe"),
        new_code_cell("import ckmlab\n\nckmlab.plots.reproduction(frame)"),
        new_markdown_cell("## Computed with"),
        new_code_cell("ckmlab.provenance()"),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"{name[:50].replace('_', '-')}-{number}"  # the same file from the same study
    language = {"name": "python", "version": f"{sys.version_info.major}.{sys.version_info.minor}"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": language})


def _code(study, name):
    """Ckmlab's own studies are imported; anybody else's code goes into the notebook."""
    if study.__name__.startswith("ckmlab."):
        return [f"from ckmlab.studies.{name} import *  # noqa: F403"]
    return [inspect.getsource(study).rstrip()]
