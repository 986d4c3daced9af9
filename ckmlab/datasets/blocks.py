"""One block of a large company: some districts, one Parquet file per table.

A block is written into a scratch folder and moved into place file by file; a mark is left when
all of its files are there. Whoever comes after a killed run finds either the mark, and passes by,
or no mark, and adds what is missing.
"""

import json
import math
import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ckmlab.datasets.build import make_district, make_shared
from ckmlab.datasets.dictionary import columns_of, keys_of, tables
from ckmlab.datasets.kestrel.answers import add_up
from ckmlab.datasets.kestrel.setting import DISTRICT_SIZE
from ckmlab.datasets.recipe import Recipe

__all__ = ["PLAN", "Job", "clear_scratch", "require_pyarrow", "write_block", "write_shared"]

PLAN = "plan.json"
"""The file that says what a folder of Parquet blocks is to hold."""

_MARKS = ".done"
_SCRATCH = ".scratch"


@dataclass(frozen=True)
class Job:
    """What is to be written, where.

    Parameters
    ----------
    folder : pathlib.Path
        The company's folder.
    recipe : Recipe
        The company.
    districts_per_block : int
        Size of a block.
    truth : bool
        Whether the latent part is written too.
    """

    folder: Path
    recipe: Recipe
    districts_per_block: int
    truth: bool

    @property
    def blocks(self):
        """Number of blocks."""
        return math.ceil(self.recipe.districts / self.districts_per_block)

    def districts(self, block):
        """Numbers of the districts in a block."""
        first = block * self.districts_per_block
        return range(first, min(self.recipe.districts, first + self.districts_per_block))

    def customers(self, block):
        """Number of customers in a block."""
        first = block * self.districts_per_block * DISTRICT_SIZE
        return min(self.recipe.n_customers - first, self.districts_per_block * DISTRICT_SIZE)

    def is_done(self, block):
        """Whether all files of the block are in place."""
        return self._mark(block).is_file()

    def read_sums(self, block):
        """The sums behind the answer sheet that the block left with its mark."""
        return json.loads(self._mark(block).read_text(encoding="utf-8"))

    def finish(self, block, sums):
        """Mark the block as done; the mark holds its sums if the truth is written."""
        mark = self._mark(block)
        mark.parent.mkdir(exist_ok=True)
        draft = mark.with_name(f".{mark.name}.{uuid4().hex}")
        draft.write_text(json.dumps(sums if self.truth else {}), encoding="utf-8")
        draft.replace(mark)

    def _mark(self, block):
        return self.folder / _MARKS / f"{block:05d}.json"


def require_pyarrow(what):
    """Say what to install when pyarrow is missing.

    Parameters
    ----------
    what : str
        Who does what with Parquet, to begin the message with.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise ImportError(
            f"{what} Parquet and needs pyarrow: pip install 'ckmlab[scale]'"
        ) from None


def write_block(job, block):
    """Simulate and write one block, unless it is there.

    Parameters
    ----------
    job : Job
        The company.
    block : int
        Number of the block.

    Returns
    -------
    int
        The number of the block.
    """
    if job.is_done(block):
        return block
    scratch = job.folder / _SCRATCH / f"{block:05d}-{os.getpid()}-{uuid4().hex}"
    try:
        sums = []
        with ExitStack() as writers:
            files = _Files(scratch, f"part-{block:05d}.parquet", writers)
            for district in job.districts(block):
                public, sealed = make_district(job.recipe, district)
                files.append("", public)
                if job.truth:
                    files.append("truth", sealed.tables)
                sums.append(sealed.sums)
        _move_into_place(scratch, job.folder)
        job.finish(block, add_up(sums))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return block


def write_shared(job):
    """Write the tables that exist once per company, unless they are there.

    Parameters
    ----------
    job : Job
        The company.
    """
    scratch = job.folder / _SCRATCH / f"shared-{os.getpid()}-{uuid4().hex}"
    public, hidden = make_shared(job.recipe)
    try:
        with ExitStack() as writers:
            files = _Files(scratch, "part-00000.parquet", writers)
            files.append("", public)
            if job.truth:
                files.append("truth", hidden)
        _move_into_place(scratch, job.folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def clear_scratch(job):
    """Remove the unfinished files of a run that was killed.

    Parameters
    ----------
    job : Job
        The company.
    """
    shutil.rmtree(job.folder / _SCRATCH, ignore_errors=True)


class _Files:
    """One open Parquet file per table; each district becomes a row group of its own."""

    def __init__(self, folder, name, writers):
        self.folder = folder
        self.name = name
        self.writers = writers
        self.open = {}

    def append(self, part, frames):
        import pyarrow as pa

        for table, rows in frames.items():
            schema = _schema(table, sealed=part == "truth")
            content = pa.Table.from_pandas(rows, schema=schema, preserve_index=False)
            self._writer(part, table, content.schema).write_table(content, row_group_size=1_000_000)

    def _writer(self, part, table, schema):
        from pyarrow.parquet import ParquetWriter

        if (part, table) not in self.open:
            path = self.folder / part / table / self.name
            path.parent.mkdir(parents=True)
            writer = self.writers.enter_context(ParquetWriter(path, schema, compression="zstd"))
            self.open[part, table] = writer
        return self.open[part, table]


def _schema(table, *, sealed):
    """The Parquet schema of a table, from the dictionary."""
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "string": pa.string(),
        "date": pa.timestamp("s"),
        "datetime": pa.timestamp("s"),
    }
    keys = keys_of(table) if sealed and table in tables() else {}
    columns = keys | columns_of(table, sealed=sealed)
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _move_into_place(scratch, folder):
    """Give each finished file its final name; what is there already stays as it is."""
    for path in sorted(scratch.rglob("*.parquet")):
        target = folder / path.relative_to(scratch)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            path.replace(target)
