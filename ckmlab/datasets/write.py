"""Companies of any size on disk: Parquet, block by block, in parallel, resumable."""

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tqdm.auto import tqdm

from ckmlab.datasets.blocks import (
    PLAN,
    Job,
    clear_scratch,
    require_pyarrow,
    write_block,
    write_shared,
)
from ckmlab.datasets.kestrel.answers import add_up, answers
from ckmlab.datasets.kestrel.setting import DISTRICT_SIZE
from ckmlab.datasets.package import DATA_VERSION, describe_parquet
from ckmlab.datasets.recipe import Recipe
from ckmlab.datasets.scenario import resolve

__all__ = ["write_company"]

_DESCRIPTION = "datapackage.json"


def write_company(
    folder,
    n_customers,
    *,
    seed=2002,
    scenario="classic",
    workers=1,
    block_size=10 * DISTRICT_SIZE,
    client=None,
    truth=False,
    progress=True,
    **overrides,
):
    """Write a company of any size as Parquet files.

    Each table becomes a folder of Parquet files, one per block of customers, which pandas,
    Polars, DuckDB, Dask and Spark read as one table. The content depends on the number of
    customers, the seed and the scenario alone: not on ``workers``, ``block_size`` or the cluster.
    Memory stays flat, since customers are simulated 6,000 at a time.

    A run that was killed goes on where it stopped when it is called again: finished blocks are
    not written twice, and no file bears its final name before it is complete.

    Parameters
    ----------
    folder : path
        A new or empty folder, or one that an interrupted call with the same arguments left.
    n_customers : int
        How many customers.
    seed : int, default 2002
        The company's seed.
    scenario : str or Scenario, default "classic"
        The world; see :func:`make_company`.
    workers : int, default 1
        Processes on this machine.
    block_size : int, default 60000
        Customers per file, a multiple of 6,000.
    client : distributed.Client, optional
        A Dask cluster that shares the folder with this machine; then ``workers`` plays no part.
    truth : bool, default False
        Whether to write the latent tables and the answer sheet too, into ``truth/``.
    progress : bool, default True
        Whether to show a progress bar.
    **overrides
        Knobs and traps to change.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    FileExistsError
        If the folder holds another company or other files.
    ImportError
        If pyarrow is missing; the message says how to install it.
    ValueError, TypeError
        If an argument is impossible.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_company(f"{place}/big", 400, seed=1, progress=False)
    ...     len(pd.read_parquet(folder / "customers"))
    400
    """
    require_pyarrow("write_company writes")
    recipe = Recipe(n_customers, seed, resolve(scenario, overrides))
    _check_counts(workers, block_size)
    folder = Path(folder)
    _claim(folder, _plan(recipe, block_size, truth))
    job = Job(folder, recipe, block_size // DISTRICT_SIZE, truth)
    clear_scratch(job)
    missing = [block for block in range(job.blocks) if not job.is_done(block)]
    write_shared(job)
    with tqdm(total=recipe.n_customers, unit="customer", disable=not progress) as bar:
        bar.update(recipe.n_customers - sum(map(job.customers, missing)))
        with closing(_run(job, missing, workers, client)) as finished:
            for block in finished:
                bar.update(job.customers(block))
    if truth:
        sums = add_up([job.read_sums(block) for block in range(job.blocks)])
        _write_json(answers(sums), folder / "truth" / "answers.json")
    clear_scratch(job)
    _write_json(describe_parquet(job), folder / _DESCRIPTION)
    return folder


def _run(job, blocks, workers, client):
    """Write the blocks; yield the number of each one as it is finished."""
    if client is not None:
        from distributed import as_completed

        futures = [client.submit(write_block, job, block, pure=False) for block in blocks]
        for future in as_completed(futures):
            yield future.result()
    elif workers == 1:
        for block in blocks:
            yield write_block(job, block)
    else:
        from joblib import Parallel, delayed

        run = Parallel(n_jobs=workers, return_as="generator_unordered")
        yield from run(delayed(write_block)(job, block) for block in blocks)


def _plan(recipe, block_size, truth):
    return {
        "version": DATA_VERSION,
        "n_customers": recipe.n_customers,
        "seed": recipe.seed,
        "scenario": asdict(recipe.scenario),
        "block_size": block_size,
        "truth": truth,
    }


def _claim(folder, plan):
    """Make the folder ours, or find that it is ours already."""
    path = folder / PLAN
    if path.is_file():
        _compare(folder, _read_json(path), json.loads(json.dumps(plan)))
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} holds other files; choose a new or empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_json(plan, path)
    except OSError as error:
        raise type(error)(
            f"{folder} cannot be written ({error.strerror}); choose a folder that you may write to"
        ) from None


def _compare(folder, found, wanted):
    if found.get("version") != wanted["version"]:
        raise FileExistsError(
            f"{folder} was begun with version {found.get('version')} of the data, this is version "
            f"{wanted['version']}; choose another folder"
        )
    found, wanted = _flat(found), _flat(wanted)
    for name, value in wanted.items():
        if found.get(name) != value:
            raise FileExistsError(
                f"{folder} holds another company: its {name} is {found.get(name)!r}, asked for is "
                f"{value!r}; choose another folder or the same arguments"
            )


def _flat(plan):
    """A plan with the scenario's knobs beside the other arguments."""
    return {
        **plan,
        **{f"scenario's {name}": v for name, v in plan["scenario"].items()},
        "scenario": None,
    }


def _check_counts(workers, block_size):
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ValueError(f"workers is {workers!r}; give a whole number from 1")
    if (
        isinstance(block_size, bool)
        or not isinstance(block_size, int)
        or block_size < DISTRICT_SIZE
        or block_size % DISTRICT_SIZE
    ):
        raise ValueError(
            f"block_size is {block_size!r}; give a multiple of {DISTRICT_SIZE:,}, such as 60000"
        )


def _read_json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise FileExistsError(
            f"{path} is damaged; choose another folder, or remove this one"
        ) from None


def _write_json(content, path):
    draft = path.with_name(f".{path.name}.partial")
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
