"""A table written block by block, visible under its name only when it is complete."""

from tqdm.auto import tqdm

__all__ = ["write_blocks"]


def write_blocks(path, groups, *, total):
    """Write groups of blocks, one row group each, and return the path.

    Parameters
    ----------
    path : pathlib.Path
        The Parquet file to make; an older one of that name is replaced.
    groups : iterable of list of dict
        Column name → numpy array, for each block of a group.
    total : int
        How many groups will come, for the progress bar.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ImportError
        If pyarrow is not installed.
    FileNotFoundError, IsADirectoryError
        If there is no such folder, or the path is a folder itself.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise ImportError("writing Parquet needs pyarrow: pip install 'ckmlab[scale]'") from None

    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {path.parent}; make it, or give another path")
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; give the name of a file, such as a.parquet")
    unfinished = path.with_name(f"{path.name}.part")
    writer = None
    try:
        for group in tqdm(groups, total=total, desc=path.name, delay=2, leave=False):
            table = pa.Table.from_batches([_batch(pa, columns) for columns in group])
            if writer is None:
                # Ids grow slowly: their differences take a few bits, which saves writing.
                encoding = {"customer_id": "DELTA_BINARY_PACKED"}
                writer = parquet.ParquetWriter(
                    unfinished,
                    table.schema,
                    compression="none",
                    use_dictionary=False,
                    write_statistics=["customer_id"],  # by which a reader skips row groups
                    column_encoding=encoding,
                )
            writer.write_table(table)
        writer.close()
        unfinished.replace(path)
    except BaseException:
        if writer is not None:
            writer.close()
        unfinished.unlink(missing_ok=True)
        raise
    return path


def _batch(pa, columns):
    arrays = [_array(pa, values) for values in columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _array(pa, values):
    # Built from its buffer, because pyarrow.array would import pandas, which takes 40 MB.
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
