"""What the marker and the code inside a kernel agree on; light, for both import it."""

__all__ = ["FOLDER", "KEY_MIME", "MODE", "UNANSWERED", "key_record"]

MODE = "CKMLAB_GRADING"  # environment variable: unset while working; "mark" or "key" in marking
FOLDER = "CKMLAB_DATA"  # environment variable: the folder that holds the data in marking
KEY_MIME = "application/vnd.ckmlab.key+json"  # what only the lecturer's own run shows
UNANSWERED = "nothing to check yet. Put your answer in place of the dots."


def key_record(output):
    """Read what a lecturer's run has shown of a key.

    Parameters
    ----------
    output : dict
        One output of a cell.

    Returns
    -------
    dict or None
    """
    return output.get("data", {}).get(KEY_MIME)
