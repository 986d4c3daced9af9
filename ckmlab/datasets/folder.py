"""Companies on disk: one CSV per table, described, digested and readable by anything."""

import hashlib
import json
import tempfile
from importlib.resources import files
from pathlib import Path

import pandas as pd

from ckmlab.datasets.blocks import PLAN, require_pyarrow
from ckmlab.datasets.card import write_card
from ckmlab.datasets.company import Company
from ckmlab.datasets.croissant import croissant
from ckmlab.datasets.dictionary import columns_of, dtypes_of, tables
from ckmlab.datasets.package import DATA_VERSION, describe_package
from ckmlab.datasets.recipe import Recipe
from ckmlab.datasets.scenario import Scenario

__all__ = ["as_text", "load_company", "read_recipe", "save_company", "shipped_folder"]

_DESCRIPTION = "datapackage.json"
_BESIDE_TABLES = {_DESCRIPTION, "croissant.json", "README.md", "truth"}


def load_company(folder=None, *, verify=True):
    """Read a saved company, by default the one that ships with ckmlab.

    Parameters
    ----------
    folder : path, optional
        A folder written by ``company.save`` or, as Parquet, by :func:`write_company`; by default
        the shipped ``datasets/kestrel``. All tables are held in memory, some 25 kB a customer: of
        a very large company better read the tables that you need, one by one, with any library.
    verify : bool, default True
        Whether to check that no CSV file was changed since; Parquet files carry no digests.

    Returns
    -------
    Company
        Its truth is simulated again when asked for.

    Raises
    ------
    FileNotFoundError
        If the folder holds no company, or one that is not finished.
    ValueError
        If a file was changed, or the data are of a version whose values were others.
    ImportError
        If the folder holds Parquet and pyarrow is missing; the message says how to install it.

    Examples
    --------
    >>> company = load_company()
    >>> company.seed
    2002
    """
    folder = shipped_folder("kestrel") if folder is None else Path(folder)
    described = _read_description(folder)
    _check_version(folder, described)
    frames = {}
    for resource in described["resources"]:
        if resource["name"] not in tables():
            raise ValueError(f"{folder} describes a table {resource['name']!r} that no company has")
        if resource["format"] == "parquet":
            frames[resource["name"]] = read_blocks(folder, resource)
        else:
            frames[resource["name"]] = _read_csv(folder, resource, verify=verify)
    return Company(frames, _recipe(described))


def save_company(company, folder, *, truth=False):
    """Write a company; all of it or nothing.

    Parameters
    ----------
    company : Company
        What to write.
    folder : path
        New, empty, or holding this very company.
    truth : bool, default False
        Whether the latent tables and the answer sheet go along, into ``truth/``.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    FileExistsError
        If the folder holds another company or anything else.
    """
    folder = Path(folder)
    _check_free(folder, company)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".kestrel-") as scratch:
        draft = Path(scratch) / "company"
        draft.mkdir()
        _write_tables(company.tables, draft)
        described = describe_package(draft, company._recipe, company.tables)
        _write_json(described, draft / _DESCRIPTION)
        _write_json(croissant(described), draft / "croissant.json")
        write_card(company, draft / "README.md")
        if truth:
            _write_truth(company, draft / "truth")
        if folder.exists():
            folder.rename(Path(scratch) / "before")
        draft.rename(folder)
    return folder


def read_recipe(folder):
    """What the company in a folder was made from.

    Parameters
    ----------
    folder : path
        A saved company.

    Returns
    -------
    Recipe
    """
    return _recipe(_read_description(Path(folder)))


def shipped_folder(name):
    """Where the package keeps a data set that ships with it.

    Parameters
    ----------
    name : str
        Name of the folder under ``datasets/``.

    Returns
    -------
    pathlib.Path
    """
    installed = Path(str(files("ckmlab"))) / "_shipped" / "datasets" / name
    if installed.is_dir():
        return installed
    return Path(str(files("ckmlab"))).parent / "datasets" / name


def _read_description(folder):
    path = folder / _DESCRIPTION
    if not path.is_file() and (folder / PLAN).is_file():
        raise FileNotFoundError(
            f"{folder} holds a company that write_company has not finished; call it again with "
            "the same arguments, and it goes on where it stopped"
        )
    if not path.is_file():
        raise FileNotFoundError(
            f"{folder} holds no company: there is no {_DESCRIPTION}; "
            "write one with make_company(...).save(folder)"
        )
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        described["ckmlab"], described["resources"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{path} is not the description of a company; save it again") from None
    return described


def _check_version(folder, described):
    """Refuse data whose truth, which is simulated anew, would belong to other values."""
    found = str(described.get("version"))
    if found.split(".")[0] != DATA_VERSION.split(".")[0]:
        raise ValueError(
            f"{folder} holds data of version {found}, whose values are not those of version "
            f"{DATA_VERSION}; make the company again, or read its files by themselves"
        )


def _recipe(described):
    made = described["ckmlab"]
    return Recipe(made["n_customers"], made["seed"], Scenario(**made["scenario"]))


def _read_csv(folder, resource, *, verify):
    table, path = resource["name"], folder / resource["path"]
    _check_there(path)
    if verify:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if resource["hash"] != f"sha256:{digest}":
            raise ValueError(
                f"{path} was changed since the company was saved; save it again, "
                "or read it as it is with load_company(folder, verify=False)"
            )
    dtypes = dtypes_of(table)
    dates = [name for name, dtype in dtypes.items() if dtype.startswith("datetime")]
    plain = {name: dtype for name, dtype in dtypes.items() if name not in dates}
    frame = pd.read_csv(
        path, dtype=plain | dict.fromkeys(dates, "str"), keep_default_na=False, na_values=[""]
    )
    for name in dates:
        frame[name] = pd.to_datetime(frame[name], format="ISO8601").astype(dtypes[name])
    return frame


def read_blocks(folder, resource):
    """One table of a company that :func:`write_company` wrote as Parquet.

    Parameters
    ----------
    folder : pathlib.Path
        The company's folder.
    resource : dict
        The table's entry in ``datapackage.json``.

    Returns
    -------
    pandas.DataFrame
        The same as in memory: what Parquet keeps in milliseconds is in seconds again.
    """
    require_pyarrow("load_company reads")
    parts = [folder / part for part in resource["path"]]
    for part in parts:
        _check_there(part)
    frame = pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)
    dtypes = dtypes_of(resource["name"])
    return frame.astype({name: dtypes[name] for name in frame.columns})


def _check_there(path):
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; write the company again")


def _check_free(folder, company):
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; give a folder")
    if (folder / PLAN).is_file():
        raise FileExistsError(f"{folder} holds a company as Parquet; choose another folder")
    if (folder / _DESCRIPTION).is_file():
        if read_recipe(folder) != company._recipe:
            raise FileExistsError(
                f"{folder} holds another company; choose another folder or remove it first"
            )
        known = {f"{name}.csv" for name in tables()} | _BESIDE_TABLES
        strange = sorted(path.name for path in folder.iterdir() if path.name not in known)
        if strange:
            raise FileExistsError(
                f"{folder} holds {strange[0]!r} beside this company, which would be lost; "
                "move it, or choose another folder"
            )
    elif any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; choose a new folder")


def _write_tables(frames, folder):
    for name, table in frames.items():
        as_text(table, columns_of(name)).to_csv(
            folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8"
        )


def as_text(table, types):
    """A table with dates and truth values as they stand in a CSV file.

    Parameters
    ----------
    table : pandas.DataFrame
        A public table.
    types : dict of str to str
        Its columns' dictionary types.

    Returns
    -------
    pandas.DataFrame
    """
    texts = {}
    for name, kind in types.items():
        if name not in table.columns:  # an older company has fewer
            continue
        if kind == "date":
            texts[name] = table[name].dt.strftime("%Y-%m-%d")
        elif kind == "datetime":
            texts[name] = table[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
        elif kind == "boolean":
            texts[name] = table[name].map({True: "true", False: "false"})
    return table.assign(**texts)


def _write_truth(company, folder):
    folder.mkdir()
    truth = company.truth
    for name in truth.tables:
        truth.table(name).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    _write_json({name: truth[name] for name in truth}, folder / "answers.json")


def _write_json(content, path):
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
