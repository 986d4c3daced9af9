"""Large companies on disk: same content however written, resumable, never half a file."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pandas as pd
import pytest

from ckmlab.datasets import blocks, load_company, make_company, write_company
from ckmlab.datasets.dictionary import tables

pytest.importorskip("pyarrow", reason="needs pyarrow, from the extra 'scale'")

SIZE = 6050  # two districts, the second one small


def read(folder, table):
    rows = pd.read_parquet(folder / table)
    # Parquet knows no seconds, only milliseconds.
    dates = rows.select_dtypes("datetime").columns
    return rows.astype(dict.fromkeys(dates, "datetime64[s]"))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "kestrel"
    return write_company(folder, SIZE, seed=5, block_size=12_000, truth=True, progress=False)


def test_the_files_hold_what_make_company_makes(written):
    company = make_company(SIZE, seed=5)
    for table in tables():
        pd.testing.assert_frame_equal(
            read(written, table), company.tables[table], check_dtype=False
        )
    answers = json.loads((written / "truth" / "answers.json").read_text())
    assert answers["silent"] == company.truth["silent"]
    assert answers["value"] == pytest.approx(company.truth["value"])
    latent = read(written / "truth", "customers")
    assert latent["theta"].tolist() == company.truth.table("customers")["theta"].tolist()


def test_neither_workers_nor_block_size_change_the_content(written, tmp_path):
    folder = write_company(tmp_path / "k", SIZE, seed=5, workers=2, block_size=6000, progress=False)
    assert len(list((folder / "customers").iterdir())) == 2
    for table in tables():
        pd.testing.assert_frame_equal(read(folder, table), read(written, table))
    assert not (folder / "truth").exists()
    assert not list(folder.rglob("*.partial")) and not (folder / ".scratch").exists()


def test_a_failed_run_goes_on_where_it_stopped(written, tmp_path, monkeypatch):
    make_district = blocks.make_district

    def fails_late(recipe, district):
        if district == 1:
            raise KeyboardInterrupt
        return make_district(recipe, district)

    monkeypatch.setattr(blocks, "make_district", fails_late)
    folder = tmp_path / "k"
    with pytest.raises(KeyboardInterrupt):
        write_company(folder, SIZE, seed=5, block_size=6000, progress=False)
    first = {path: path.stat().st_mtime_ns for path in folder.rglob("part-00000.parquet")}
    assert first and not list(folder.rglob("part-00001.parquet"))
    assert not (folder / "datapackage.json").exists()
    made = []

    def counts(recipe, district):
        made.append(district)
        return make_district(recipe, district)

    monkeypatch.setattr(blocks, "make_district", counts)
    write_company(folder, SIZE, seed=5, block_size=6000, progress=False)
    assert made == [1]
    assert {path: path.stat().st_mtime_ns for path in first} == first
    pd.testing.assert_frame_equal(read(folder, "interactions"), read(written, "interactions"))


def test_a_killed_run_leaves_no_partial_file_and_continues(written, tmp_path):
    folder = tmp_path / "k"
    script = textwrap.dedent(f"""
        from ckmlab.datasets import write_company
        write_company({str(folder)!r}, {SIZE}, seed=5, block_size=6000, progress=False)
    """)
    process = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    # Killed as soon as the first scratch file of a block is there: in the middle of writing.
    while not list(folder.glob(".scratch/00000*/**/*.parquet")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not list(folder.glob("customers/*.parquet"))
    write_company(folder, SIZE, seed=5, block_size=6000, progress=False)
    for table in ("customers", "interactions", "campaigns"):
        pd.testing.assert_frame_equal(read(folder, table), read(written, table))
    assert not (folder / ".scratch").exists()


@pytest.mark.slow
def test_a_dask_cluster_writes_the_same(written, tmp_path):
    distributed = pytest.importorskip("distributed", reason="needs dask, from the extra 'scale'")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        folder = write_company(
            tmp_path / "k", SIZE, seed=5, block_size=6000, client=client, progress=False
        )
    for table in tables():
        pd.testing.assert_frame_equal(read(folder, table), read(written, table))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 6}, "its seed is 5, asked for is 6"),
        ({"n_customers": 12_000}, "its n_customers is 6050"),
        ({"scenario": "hard"}, "its scenario's name is 'classic', asked for is 'hard'"),
        ({"drift": False}, "its scenario's drift is True"),
        ({"block_size": 6000}, "its block_size is 12000"),
    ],
)
def test_another_company_is_never_mixed_in(written, changes, message):
    arguments = {"n_customers": SIZE, "seed": 5, "block_size": 12_000, "truth": True, **changes}
    before = sorted(written.rglob("*"))
    with pytest.raises(FileExistsError, match=message):
        write_company(written, **arguments, progress=False)
    assert sorted(written.rglob("*")) == before


def test_other_files_are_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("two years of work")
    with pytest.raises(FileExistsError, match="holds other files"):
        write_company(tmp_path, 100, progress=False)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": 0}, "workers is 0"),
        ({"block_size": 1000}, "block_size is 1000; give a multiple of 6,000"),
        ({"n_customers": -1}, "n_customers is -1"),
        ({"scenario": "nice"}, "no scenario 'nice'"),
    ],
)
def test_impossible_arguments_leave_nothing_behind(tmp_path, arguments, message):
    with pytest.raises(ValueError, match=message):
        write_company(tmp_path / "k", **{"n_customers": 100, "progress": False, **arguments})
    assert not (tmp_path / "k").exists()


def test_without_pyarrow_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ImportError, match=r"pip install 'ckmlab\[scale\]'"):
        write_company(tmp_path / "k", 100)


def test_it_loads_as_the_company_that_it_is(written):
    company, again = make_company(SIZE, seed=5), load_company(written)
    assert list(again.tables) == list(company.tables)
    for name, table in company.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
    assert again.digest() == company.digest()
    assert again.truth["silent"] == company.truth["silent"]


def test_donors_without_contracts_load_too(tmp_path):
    arguments = {"seed": 1, "scenario": "nonprofit"}
    folder = write_company(tmp_path / "k", 300, **arguments, progress=False)
    again = load_company(folder)
    assert len(again.contracts) == 0
    for name, table in make_company(300, **arguments).tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_what_cannot_be_loaded_says_why(tmp_path, monkeypatch):
    folder = write_company(tmp_path / "k", 100, progress=False)
    with pytest.raises(FileExistsError, match="as Parquet; choose another folder"):
        make_company(100).save(folder)
    (folder / "codings" / "part-00000.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"part-00000.parquet is missing; write"):
        load_company(folder)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow.parquet", None)
        with pytest.raises(ImportError, match=r"load_company reads Parquet .*ckmlab\[scale\]"):
            load_company(folder)
    (folder / "datapackage.json").unlink()
    with pytest.raises(FileNotFoundError, match="not finished; call it again"):
        load_company(folder)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError, match=r"k cannot be written .*; choose a folder"):
        write_company(tmp_path / "file" / "k", 100, progress=False)


def test_a_run_of_another_version_is_not_continued(tmp_path):
    folder = write_company(tmp_path / "k", 100, progress=False)
    plan = json.loads((folder / "plan.json").read_text())
    (folder / "plan.json").write_text(json.dumps(plan | {"version": "0.9.0"}))
    with pytest.raises(FileExistsError, match=r"begun with version 0.9.0 of the data"):
        write_company(folder, 100, progress=False)
