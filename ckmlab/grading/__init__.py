"""Exercises that mark themselves: one source notebook in, marks for a class out.

Nothing here knows about customers; a physics notebook is marked in the same way.

Writing an exercise
-------------------
An exercise is one py:percent script (or ``.ipynb``) with the solutions in it. Cells say by their
tags what they are::

    # %% [markdown]
    # # How many were heard?

    # %%
    import ckmlab as ckm

    # %% tags=["data"]
    company = ckm.grading.data(
        "ckmlab.datasets:make_company",
        loader="ckmlab.datasets:load_company",
        n_customers=600,
        seed=2002,
    )

    # %% name="share-heard" tags=["answer"]
    # Compute the share of customers who were heard.
    ### BEGIN SOLUTION
    heard = company.interactions["customer_id"].nunique()
    share_heard = heard / len(company.customers)
    ### END SOLUTION

    # %% tags=["check"] points=2
    ckm.check("share heard", share_heard)

    # %% tags=["misconception"]
    ckm.grading.misconception(
        "share heard",
        len(company.interactions) / len(company.customers),
        hint="You counted contacts; one customer can call twice.",
    )

``answer``
    The student writes here. What stands between ``### BEGIN SOLUTION`` and ``### END SOLUTION``
    is replaced: a name assigned there becomes ``name = ...  # your answer``, a function keeps its
    first line. What stands outside the markers stays. Give the cell a ``name``: it is the cell's
    id, by which a student's answer is found again, so never change it once released.
``check``
    Calls ``check("task", value)`` once. The first argument names the task, ``points`` in the
    cell's metadata says what it is worth (1 when silent). An answer cell belongs to the next check
    cell below it. Several check cells with the same ``task="…"`` in their metadata make one task
    with partial credit. Together with ``hidden`` the check is run in marking only. Where later
    tasks build on this one, ``carry=["share_heard"]`` lets them go on with the lecturer's value,
    so that one mistake is paid for once.
``data``
    One cell with one call of ``data(recipe, seed=…, …)``, arguments written out as literals. While
    working, the recipe makes the data with that seed; in marking, the same call reads a folder
    made by the marker with a seed nobody has seen. ``loader`` names the function that reads what
    the recipe's result writes with ``.save(folder)``; without it the result may be anything that
    can be pickled (a frame, a dict of frames). Recipe and loader are ``"module:function"``.
``misconception``
    Lecturer only. Computes a classic wrong answer from names that exist at that place and hands
    it to ``misconception(task, value, hint=…, credit=0)``; ``credit`` is the part of the points
    that this answer still earns. Assign no name that a later cell needs.
``manual``
    Free text (a Markdown or code cell with the two markers around a model answer), with
    ``points`` and ``rubric`` in the metadata; the lecturer marks it by hand.
``hidden``
    Lecturer only: notes, or (with ``check``) a check that students do not see.

A good check asks for something that depends on the data and cannot be guessed: a number, a list,
a table, the data of a figure; never ``True``. Values are compared after rounding to six
significant digits (``digits=…`` says otherwise); tables without regard to the order of rows and
columns. The edition without solutions must run from top to bottom: what comes after an
answer cell has to live with ``...`` in the student's variables, so draw with them inside answer
cells only. ``ckmlab exercise check SOURCE`` says what is wrong.

Examples
--------
>>> from ckmlab import grading
>>> grading.check("share heard", 0.5)
share heard: read as 0.5. Nothing to compare it with: run the first cell of the exercise.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "begin": "ckmlab.grading.live",
        "check": "ckmlab.grading.live",
        "data": "ckmlab.grading.live",
        "misconception": "ckmlab.grading.live",
        "read_exercise": "ckmlab.grading.exercise",
    },
)
