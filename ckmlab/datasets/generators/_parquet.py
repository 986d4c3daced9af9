"""A table written block by block, visible under its name only when it is complete."""

from tqdm.auto import tqdm

__all__ = ["write_blocks"]


def write_blocks(path, blocks, *, total):
    """Write mappings of columns, one row group each, and return the path.

    Parameters
    ----------
    path : pathlib.Path
        The Parquet file to make; an older one of that name is replaced.
    blocks : iterable of dict
        Column name → numpy array.
    total : int
        How many blocks will come, for the progress bar.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ImportError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise ImportError("writing Parquet needs pyarrow: pip install 'ckmlab[scale]'") from None

    unfinished = path.with_name(f"{path.name}.part")
    writer = None
    try:
        for columns in tqdm(
            blocks, total=total, desc=path.name, unit="block", delay=2, leave=False
        ):
            arrays = [_array(pa, values) for values in columns.values()]
            table = pa.Table.from_arrays(arrays, names=list(columns))
            if writer is None:
                # Ids grow slowly: their differences take a few bits, which saves writing.
                encoding = {"customer_id": "DELTA_BINARY_PACKED"}
                writer = parquet.ParquetWriter(
                    unfinished,
                    table.schema,
                    compression="none",
                    use_dictionary=False,
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


def _array(pa, values):
    # Built from its buffer, because pyarrow.array would import pandas, which takes 40 MB.
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
