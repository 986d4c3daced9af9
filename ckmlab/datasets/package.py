"""The Frictionless description of a saved company: schema, constraints, digests, licence."""

import hashlib
import re
from dataclasses import asdict

from ckmlab.datasets.dictionary import read_dictionary, tables

__all__ = ["DATA_VERSION", "describe_package", "describe_parquet", "schema"]

DATA_VERSION = "1.1.0"
"""Version of the company data: the first number rises when a value changes, the second when
columns or tables join."""

DATA_DATE = "2026-11-22T00:00:00Z"
"""Day on which that version was fixed; not today's, so that files stay the same."""

HOMEPAGE = "https://pypi.org/project/ckmlab/"

_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
_SPAN = re.compile(r"(\S+)\.\.(\S+)")
_BOUND = re.compile(r"(>=|>|<=|<) ?(-?[\d.]+)")
_BOUND_NAMES = {
    ">=": "minimum",
    ">": "exclusiveMinimum",
    "<=": "maximum",
    "<": "exclusiveMaximum",
}


def describe_package(folder, recipe, names):
    """Describe the CSV files of a company.

    Parameters
    ----------
    folder : pathlib.Path
        Where the files are.
    recipe : Recipe
        What the company follows from.
    names : iterable of str
        Names of the tables.

    Returns
    -------
    dict
        The content of ``datapackage.json`` (Data Package version 2).
    """
    return _head(recipe) | {"resources": [_resource(folder, table) for table in names]}


def describe_parquet(job):
    """Describe a company that was written as Parquet, with one resource per table.

    Parameters
    ----------
    job : Job
        The company, see :mod:`ckmlab.datasets.blocks`.

    Returns
    -------
    dict
        The content of ``datapackage.json``.
    """
    resources = [
        {
            "name": table,
            "type": "table",
            "path": [f"{table}/{path.name}" for path in sorted((job.folder / table).iterdir())],
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": schema(table),
        }
        for table in tables()
    ]
    return _head(job.recipe) | {"resources": resources}


def _head(recipe):
    scenario = recipe.scenario
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"kestrel-{scenario.name}-{recipe.seed}".lower(),
        "title": f"Kestrel, a synthetic telecom operator (scenario {scenario.name})",
        "description": (
            f"{recipe.n_customers:,} synthetic customers of a fictional firm, for teaching and "
            "research in Customer Knowledge Management. No real person is described."
        ),
        "version": DATA_VERSION,
        "created": DATA_DATE,
        "homepage": HOMEPAGE,
        "licenses": [_LICENCE],
        "contributors": [{"title": "The ckmlab developers", "roles": ["creator"]}],
        "keywords": ["customer knowledge management", "CRM", "synthetic data", "teaching"],
        "ckmlab": {
            "n_customers": recipe.n_customers,
            "seed": recipe.seed,
            "scenario": asdict(scenario),
        },
    }


def _resource(folder, table):
    content = (folder / f"{table}.csv").read_bytes()
    return {
        "name": table,
        "type": "table",
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(table),
    }


def schema(table):
    """The Frictionless schema of a table, from the dictionary.

    Parameters
    ----------
    table : str
        Name of a public table.

    Returns
    -------
    dict

    Examples
    --------
    >>> schema("codings")["primaryKey"]
    ['item_id', 'coder']
    """
    rows = read_dictionary().query("table == @table").to_dict("records")
    primary = [row["column"] for row in rows if row["key"].startswith("primary")]
    foreign = [_foreign_key(row) for row in rows if "." in row["key"]]
    described = {"fields": [_field(row) for row in rows]}
    if primary:
        described["primaryKey"] = primary
    if foreign:
        described["foreignKeys"] = foreign
    return described


def _field(row):
    field = {"name": row["column"], "type": row["type"], "description": row["meaning"]}
    if row["unit"]:
        field["unit"] = row["unit"]
    return field | {"constraints": _constraints(row)}


def _constraints(row):
    constraints = {"required": not row["nullable"]}
    text = row["range"]
    if row["type"] == "string" and "|" in text:
        return constraints | {"enum": text.split("|")}
    if span := _SPAN.fullmatch(text):
        ends = zip(("minimum", "maximum"), span.groups(), strict=True)
        return constraints | {name: _value(row["type"], end) for name, end in ends}
    if bound := _BOUND.fullmatch(text):
        return constraints | {_BOUND_NAMES[bound[1]]: _value(row["type"], bound[2])}
    return constraints


def _value(kind, text):
    return {"integer": int, "number": float}.get(kind, str)(text)


def _foreign_key(row):
    table, column = row["key"].removeprefix("primary; ").split(".")
    itself = "" if table == row["table"] else table
    return {
        "fields": [row["column"]],
        "reference": {"resource": itself, "fields": [column]},
    }
