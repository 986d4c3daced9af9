import pandas as pd
import pytest

from ckmlab import classify
from ckmlab.views import Picture
from ckmlab.widgets import CoderCard, CoderState

STATEMENTS = pd.Series({11: "Pays late.", 7: "How to pay.", 5: "Add <b>SEPA</b>!", 3: "Moved."})
REFERENCE = pd.Series({3: "about", 5: "from", 7: "for", 11: "about"})
MINE = ["about", "for", "about", "about"]


@pytest.fixture
def card():
    return CoderCard(STATEMENTS, REFERENCE)


def press(card, name):
    next(b for b in buttons(card) if b.description.endswith(name)).click()


def buttons(card):
    return [*card._buttons, card._undo]


def shown(card):
    return card._card.value, card._agreement.value


def test_state_takes_labels_in_order_and_back():
    state = CoderState(STATEMENTS, REFERENCE)
    for label in MINE:
        state.code(label)
    assert state.done and state.statement == ""
    assert state.labels.to_dict() == dict(zip(STATEMENTS.index, MINE, strict=True))
    state.undo()
    assert state.statement == "Moved." and state.position == 3
    for _ in range(9):
        state.undo()
    assert state.position == 0


def test_agreement_is_what_the_metrics_say_on_the_items_coded():
    state = CoderState(STATEMENTS, REFERENCE)
    assert state.agreement() == (None, None)
    state.code("about")
    agreed, kappa = state.agreement()
    assert agreed == 1 and kappa is None
    for label in MINE[1:]:
        state.code(label)
    agreed, kappa = state.agreement()
    theirs = ["about", "for", "from", "about"]
    assert agreed == 0.75
    assert float(kappa) == float(classify.cohen_kappa(MINE, theirs))


def test_the_picture_behind_it():
    state = CoderState(STATEMENTS, REFERENCE)
    with pytest.raises(ValueError, match="nothing to compare yet"):
        state.figure()
    for label in MINE:
        state.code(label)
    assert isinstance(state.figure(), Picture)
    assert "75 %" in state.figure().title


@pytest.mark.parametrize(
    ("statements", "reference", "said"),
    [
        ([], None, "no statement"),
        (pd.Series(["a", "b"], index=[1, 1]), None, "item 1 stands twice"),
        (["a", "b"], ["about"], "1 labels for 2"),
        (["a"], ["abuot"], "abuot"),
    ],
)
def test_what_cannot_be_coded_is_refused(statements, reference, said):
    with pytest.raises(ValueError, match=said):
        CoderState(statements, reference)


def test_unknown_labels_and_too_many_are_refused():
    state = CoderState(["a"])
    with pytest.raises(ValueError, match=r"no label 'with'.*'about'"):
        state.code("with")
    state.code("for")
    with pytest.raises(IndexError, match="undo"):
        state.code("for")


def test_buttons_and_keys_do_the_same(card):
    press(card, "about")
    card._key.value = "2"
    assert card._key.value == "", "the field is ready for the next key"
    assert card.labels.tolist() == ["about", "for"]
    card._key.value = "u"
    press(card, "undo")
    assert card.labels.empty and card._undo.disabled
    card._key.value = "9"
    card._key.value = "x"
    assert card.labels.empty


def test_the_card_shows_text_never_markup(card):
    for key in "12":
        card._key.value = key
    assert "&lt;b&gt;SEPA" in shown(card)[0]


def test_at_the_end_nothing_more_can_be_coded(card):
    for key in "1231":
        card._key.value = key
    assert "All done" in shown(card)[0] and "100 %" in shown(card)[1]
    press(card, "about")
    assert len(card.labels) == 4
    assert repr(card).startswith("CoderCard: 4 statements, 4 coded.")


def test_letters_do_as_well_as_numbers(card):
    for key in "aRf":
        card._key.value = key
    assert card.labels.tolist() == ["about", "from", "for"]
