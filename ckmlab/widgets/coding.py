"""The coder's card: one statement at a time, a label by button or key, agreement as one goes."""

from html import escape

import ipywidgets
import numpy as np
import pandas as pd

from ckmlab.concepts import KnowledgeType

__all__ = ["CoderCard", "CoderState"]

UNDO_KEY = "u"


class CoderState:
    """What a coder has done so far, without any display.

    Parameters
    ----------
    statements : pandas.Series or sequence of str
        What is to be coded; a Series' index names the items.
    reference : pandas.Series or sequence of str, optional
        Another coder's labels of the same items, to compare with. A Series is matched by index.
    labels : sequence of str, default about, for, from
        The labels to choose from.

    Raises
    ------
    ValueError
        If there is no statement, an item stands twice, or the reference does not fit.

    Examples
    --------
    >>> state = CoderState(["Pays late.", "How to pay."], reference=["about", "for"])
    >>> state.code("about")
    >>> state.statement
    'How to pay.'
    >>> state.labels.tolist()
    ['about']
    >>> state.undo()
    >>> state.position
    0
    """

    def __init__(self, statements, reference=None, *, labels=tuple(KnowledgeType)):
        self.statements = pd.Series(statements, name="statement")
        if self.statements.empty:
            raise ValueError("there is no statement to code")
        if not self.statements.index.is_unique:
            twice = self.statements.index[self.statements.index.duplicated()][0]
            raise ValueError(f"item {twice} stands twice in the statements; keep one of them")
        self.choices = [str(label) for label in labels]
        self.reference = None if reference is None else self._fit(reference)
        self._given = []

    def _fit(self, reference):
        if not isinstance(reference, pd.Series):
            if len(reference) != len(self.statements):
                raise ValueError(
                    f"the reference has {len(reference)} labels for {len(self.statements)} "
                    "statements; give one a statement"
                )
            reference = pd.Series(list(reference), index=self.statements.index)
        unknown = sorted(set(reference.dropna().astype(str)) - set(self.choices))
        if unknown:
            raise ValueError(f"the reference has labels {unknown}; expected {self.choices}")
        return reference.reindex(self.statements.index)

    @property
    def position(self):
        """Number of statements coded, which is the place of the next one."""
        return len(self._given)

    @property
    def done(self):
        """Whether every statement has a label."""
        return self.position == len(self.statements)

    @property
    def statement(self):
        """The statement to code next; empty when all are done."""
        return "" if self.done else str(self.statements.iloc[self.position])

    @property
    def labels(self):
        """The labels given so far, by item."""
        index = self.statements.index[: self.position]
        return pd.Series(self._given, index=index, name="label", dtype=object)

    def code(self, label):
        """Give the current statement a label and go on to the next.

        Parameters
        ----------
        label : str
            One of the choices.

        Raises
        ------
        ValueError
            If there is no such label.
        IndexError
            If every statement has been coded.
        """
        if label not in self.choices:
            raise ValueError(f"no label {label!r}; choose one of {self.choices}")
        if self.done:
            raise IndexError("every statement has been coded; undo to change the last one")
        self._given.append(str(label))

    def undo(self):
        """Take the last label back; does nothing at the start."""
        if self._given:
            self._given.pop()

    def compared(self):
        """The labels given so far beside the reference's, for items that have both.

        Returns
        -------
        pandas.DataFrame
            Columns ``mine`` and ``reference``.
        """
        reference = np.nan if self.reference is None else self.reference
        return pd.DataFrame({"mine": self.labels}).assign(reference=reference).dropna()

    def agreement(self):
        """How well the labels so far agree with the reference.

        Returns
        -------
        tuple of Estimate or None
            Share agreed and Cohen's kappa; None where there is nothing to say yet.
        """
        from ckmlab.classify import cohen_kappa, percent_agreement

        both = self.compared()
        if both.empty:
            return None, None
        return percent_agreement(*_columns(both)), _unless_undefined(cohen_kappa, both)

    def figure(self):
        """Draw the agreement so far as a static picture.

        Returns
        -------
        Picture

        Raises
        ------
        ValueError
            If kappa is not defined yet: nothing compared, or only one label used.
        """
        from ckmlab.classify import cohen_kappa, confusion_table, percent_agreement
        from ckmlab.plots import agreement_heatmap

        both = self.compared()
        if both.empty:
            raise ValueError("nothing to compare yet: code a statement that has a reference label")
        table = confusion_table(*_columns(both), labels=self.choices)
        agreed, kappa = percent_agreement(*_columns(both)), cohen_kappa(*_columns(both))
        return agreement_heatmap(table, agreed, kappa, coders=("you", "reference"))


def _columns(both):
    return both["mine"].tolist(), both["reference"].tolist()


def _unless_undefined(coefficient, both):
    """Kappa does not exist while both coders have used one and the same label only."""
    try:
        estimate = coefficient(*_columns(both))
    except ValueError:
        return None
    return None if np.isnan(float(estimate)) else estimate


class CoderCard(ipywidgets.VBox):
    """Code statements one by one, by button or by key, and see how well you agree.

    Type 1, 2 or 3 in the key field for the labels in their order, or their letters (a, f, r); u to
    undo; or use the buttons.
    Displaying the card again goes on where it was left.

    Parameters
    ----------
    statements, reference, labels
        As for :class:`CoderState`.

    Attributes
    ----------
    state : CoderState
        What has been done; ``card.labels`` and ``card.figure()`` are short cuts to it.

    Examples
    --------
    >>> CoderCard(["Pays late.", "How to pay."])
    CoderCard: 2 statements, 0 coded. Run this cell in JupyterLab to go on.
    """

    def __init__(self, statements, reference=None, *, labels=tuple(KnowledgeType)):
        self.state = CoderState(statements, reference, labels=labels)
        self._progress = ipywidgets.IntProgress(
            max=len(self.state.statements), layout={"width": "12em"}
        )
        self._count = ipywidgets.HTML()
        self._card = ipywidgets.HTML(layout={"max_width": "44em"})
        self._agreement = ipywidgets.HTML()
        self._buttons = [self._button(*pair) for pair in enumerate(self.state.choices, start=1)]
        self._undo = ipywidgets.Button(
            description=f"{UNDO_KEY}  undo",
            tooltip="Take the last label back",
            layout={"width": "6em"},
        )
        self._undo.on_click(lambda _: self._act(self.state.undo))
        self._key = ipywidgets.Text(
            placeholder="1 2 3",
            description="Key:",
            tooltip=f"Type 1, 2 … or {', '.join(self._letters())} to code, {UNDO_KEY} to undo",
            style={"description_width": "2.5em"},
            layout={"width": "8em"},
        )
        self._key.observe(self._typed, names="value")
        super().__init__(
            [
                ipywidgets.HBox([self._progress, self._count]),
                self._card,
                ipywidgets.HBox([*self._buttons, self._undo, self._key]),
                self._agreement,
            ]
        )
        self._refresh()

    @property
    def labels(self):
        """The labels given so far, by item."""
        return self.state.labels

    def figure(self):
        """Draw the agreement so far as a static picture; see :meth:`CoderState.figure`."""
        return self.state.figure()

    def _button(self, number, label):
        button = ipywidgets.Button(
            description=f"{number}  {label}", tooltip=f"This is knowledge {label} customers"
        )
        button.on_click(lambda _: self._code(label))
        return button

    def _code(self, label):
        if not self.state.done:
            self._act(lambda: self.state.code(label))

    def _typed(self, change):
        key = change["new"].strip().lower()[-1:]
        if not key:
            return
        self._key.value = ""  # ready for the next key
        if key == UNDO_KEY:
            self._act(self.state.undo)
        elif key.isdigit() and 1 <= int(key) <= len(self.state.choices):
            self._code(self.state.choices[int(key) - 1])
        elif key in self._letters():
            self._code(self._letters()[key])

    def _letters(self):
        """A letter for each label: the first one that no label before it has taken."""
        letters = {}
        for label in self.state.choices:
            free = [c for c in label.lower() if c.isalpha() and c not in {UNDO_KEY, *letters}]
            letters |= {free[0]: label} if free else {}
        return letters

    def _act(self, action):
        action()
        self._refresh()

    def _refresh(self):
        state = self.state
        self._progress.value = state.position
        self._count.value = f"&nbsp;{state.position} of {len(state.statements)} coded"
        self._card.value = _as_card(state.statement or "All done. Well read!")
        self._agreement.value = _in_words(*state.agreement())
        for button in self._buttons:
            button.disabled = state.done
        self._undo.disabled = state.position == 0

    def __repr__(self):
        state = self.state
        return (
            f"CoderCard: {len(state.statements)} statements, {state.position} coded. "
            "Run this cell in JupyterLab to go on."
        )


def _as_card(text):
    # The theme's own colours, so that the card can be read in the dark.
    style = (
        "border-left:4px solid var(--jp-brand-color1,#0072B2);padding:0.8em 1em;margin:0.4em 0;"
        "background:var(--jp-layout-color2,#eee);font-size:115%;line-height:1.5;min-height:3em"
    )
    return f'<div role="status" aria-live="polite" style="{style}">{escape(text)}</div>'


def _in_words(agreed, kappa):
    if agreed is None:
        return ""
    beyond = (
        "kappa needs more than one label"
        if kappa is None
        else f"beyond chance (kappa): <b>{float(kappa):.2f}</b>"
    )
    return f"You and the reference agree on <b>{100 * agreed:.0f} %</b>; {beyond}."
