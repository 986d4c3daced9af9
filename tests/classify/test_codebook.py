import pandas as pd
import pytest

from ckmlab.classify import Codebook
from ckmlab.concepts import KnowledgeType, citations

CODE = """
[[code]]
label = "{label}"
name = "A name"
definition = "A definition"
include = ["this"]
exclude = ["that"]
anchor = "An example"
neighbour = "{neighbour}"
cues = ["price*", "per month"]
"""


def write(folder, *codes, head=""):
    path = folder / "mine.toml"
    text = head + "".join(CODE.format(label=a, neighbour=b) for a, b in codes)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_codebook_is_whole():
    book = Codebook.load()
    assert book.labels == list(KnowledgeType)
    assert book.source in citations().index
    table = book.table()
    columns = ["name", "definition", "include", "exclude", "anchor", "neighbour"]
    assert table.columns.tolist() == columns
    assert (table != "").all(axis=None)
    assert "do not" not in book.unit.casefold()
    assert book["from"].definition in book._repr_html_()


def test_anchors_of_the_shipped_codebook_do_not_contradict_its_cues():
    book = Codebook.load()
    suggested = book.suggest([code.anchor for code in book.codes])["label"]
    right = suggested == pd.Series(book.labels)
    assert (right | suggested.isna()).all()


def test_direction_decides_not_topic():
    # Research dossier 1.3: one need in three directions.
    texts = pd.Series(
        {
            "from": "We built our own way: the till system runs on a fixed address.",
            "for": "How to get a fixed address for your till system: please call the desk.",
            "about": "Customer wants a fixed address for the till system.",
        }
    )
    suggested = Codebook.load().suggest(texts)
    assert (suggested["label"] == suggested.index).all()
    assert suggested.loc["for", "cues"] == "how to get, please"


def test_undecided_texts_get_no_label(tmp_path):
    book = Codebook.load(write(tmp_path, ("a", "b"), ("b", "a")))
    suggested = book.suggest(["nothing here", "the prices", None, ""])
    assert suggested["label"].isna().all()
    assert suggested["cues"].tolist() == ["", "price*, price*", "", ""]


def test_cues_are_whole_words_and_stems():
    book = Codebook.load()
    assert book["about"].found_in("He was wanted; segmentation") == ["segment*"]
    assert book["about"].found_in("WANTS a\nlikely  need") == ["wants", "likely need"]


def test_title_defaults_to_the_file(tmp_path):
    book = Codebook.load(write(tmp_path, ("a", "a")))
    assert (book.title, book.labels, book["a"].include) == ("mine", ["a"], ("this",))
    with pytest.raises(KeyError, match=r"no label 'c'.*\['a'\]"):
        book["c"]


@pytest.mark.parametrize(
    ("codes", "head", "message"),
    [
        ([], "", r"mine.toml holds no label"),
        ([("a", "z")], "", "neighbour 'z' is no label"),
        ([("a", "a"), ("a", "a")], "", r"\['a'\] stand there more than once"),
        ([], "title = ", "no valid TOML"),
        ([], "[[code]]\nlabel = 'a'\ncolour = 'red'\n", "missing fields.*definition.*'colour'"),
    ],
)
def test_clear_errors(tmp_path, codes, head, message):
    with pytest.raises(ValueError, match=message):
        Codebook.load(write(tmp_path, *codes, head=head))
