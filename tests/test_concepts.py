"""The vocabulary: complete, sourced, and honest about what was not confirmed."""

import pytest

from ckmlab import concepts
from ckmlab.concepts import Activity, CRMProcess, Evidence, KnowledgeNature, KnowledgeType, Style

TABLES = [
    concepts.comparison,
    concepts.comparison_cells,
    concepts.process_cells,
    concepts.four_cs,
    concepts.steps,
    concepts.goals,
    concepts.styles,
    concepts.definitions,
]


def test_members_are_the_words_of_the_founding_texts():
    assert list(KnowledgeType) == ["about", "for", "from"]
    assert list(KnowledgeNature) == ["behavioural", "attitudinal"]
    assert list(CRMProcess) == ["campaign", "lead", "offer", "contract", "service", "complaint"]
    assert list(Activity) == ["capture", "organize", "share", "transfer", "control"]
    assert len(Style) == 5


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_entry_names_a_work_that_is_in_the_bibliography(table):
    assert set(table()["source"]) <= set(concepts.citations().index)


@pytest.mark.parametrize("table", TABLES[1:], ids=lambda table: table.__name__)
def test_every_entry_says_how_far_it_is_confirmed(table):
    assert set(table()["evidence"]) <= set(map(str, Evidence))


@pytest.mark.parametrize("table", [*TABLES, concepts.process_matrix, concepts.citations])
def test_tables_are_fresh_copies(table):
    first = table()
    first.iloc[0, 0] = "scribbled over"
    assert table().iloc[0, 0] != "scribbled over"


def test_comparison_has_the_nine_rows_of_the_journal_in_its_order():
    table = concepts.comparison()
    assert table.index.tolist() == [
        "Knowledge sought in",
        "Axiom",
        "Rationale",
        "Objectives",
        "Metrics",
        "Benefits",
        "Recipient of incentives",
        "Role of customer",
        "Corporate role",
    ]
    assert table.columns.tolist() == ["KM", "CRM", "CKM", "in_karsen", "source", "unconfirmed"]
    assert (table[["KM", "CRM", "CKM"]] != "").all(axis=None)


def test_comparison_marks_what_karsen_lacks_and_what_was_not_seen_in_print():
    table = concepts.comparison()
    lacking = ~table["in_karsen"]
    assert table.index[lacking].tolist() == ["Metrics", "Benefits"]
    assert (table.loc[lacking, "source"] == "gibbert2002").all()
    assert table.loc["Metrics", "unconfirmed"] == "KM, CRM, CKM"
    assert table.loc["Benefits", "unconfirmed"] == "CRM, CKM"
    assert (table.loc[table["in_karsen"], "unconfirmed"] == "").all()


def test_cells_carry_karsens_own_row_names():
    cells = concepts.comparison_cells()
    names = cells.drop_duplicates("aspect").set_index("aspect")["karsen_row"]
    assert names["Rationale"] == "Objectives"
    assert names["Objectives"] == "Business objectives"
    assert len(cells) == 27


def test_process_matrix_says_what_source_b_says():
    matrix = concepts.process_matrix()
    assert matrix.index.tolist() == [*CRMProcess, "rnd"]
    assert matrix.columns.tolist() == list(KnowledgeType)
    # Source B: campaign and service are the main users of knowledge about customers ...
    users = matrix.index[matrix["about"].str.contains(r"uses.*\[stated\]")]
    assert users.tolist() == ["campaign", "service"]
    # ... which service, offer, complaint and, if present, contract management gain ...
    makers = matrix.index[matrix["about"].str.contains(r"creates.*\[stated\]")]
    assert makers.tolist() == ["offer", "contract", "service", "complaint"]
    assert matrix.loc["contract", "about"] == "creates if present [stated]"
    # ... knowledge for customers goes to contract, offer and service management.
    takers = matrix.index[matrix["for"].str.contains("receives")]
    assert takers.tolist() == ["offer", "contract", "service"]
    assert matrix.loc["rnd", "for"] == "creates [stated]"
    assert matrix.loc["campaign", "for"] == "collects, refines [stated]"
    # Lead management is assigned nothing: what stands there is ours.
    assert not matrix.loc["lead"].str.contains("stated").any()


def test_process_cells_agree_with_the_matrix():
    matrix = concepts.process_matrix()
    for cell in concepts.process_cells().itertuples():
        text = matrix.loc[cell.process, cell.ktype]
        assert cell.role in text
        assert text.endswith(f"[{cell.evidence}]")
    assert (matrix != "–").sum().sum() == len(
        concepts.process_cells().drop_duplicates(["process", "ktype"])
    )


def test_collecting_stands_at_both_ends_of_a_flow():
    cells = concepts.process_cells().set_index(["ktype", "process", "role"])
    assert cells.loc[("for", "campaign", "collects"), ["may_create", "may_use"]].all()
    assert not cells.loc[("about", "offer", "creates"), "may_use"]
    assert not cells.loc[("for", "offer", "receives"), "may_create"]


def test_stated_only_leaves_our_inferences_out():
    stated = concepts.process_cells(stated_only=True)
    assert set(stated["evidence"]) == {"stated"}
    assert "lead" not in set(stated["process"])
    assert len(stated) == 16


def test_short_lists_are_whole():
    four = concepts.four_cs()
    assert set(four.index) == {"collecting", "collaborating", "compositing", "communicating"}
    assert set(four["aspect"]) == {"content", "competence", "collaboration", "composition"}
    assert concepts.styles().index.tolist() == list(Style)
    assert set(concepts.styles()["evidence"]) == {"unconfirmed"}
    assert set(concepts.steps()["evidence"]) == {"unconfirmed"}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("knowledge type", KnowledgeType),
        ("knowledge nature", KnowledgeNature),
        ("process", [*CRMProcess, "rnd"]),
        ("activity", Activity),
    ],
)
def test_every_word_is_defined(kind, words):
    assert concepts.definitions(kind).index.tolist() == list(words)


def test_definitions_of_an_unknown_kind_lists_the_kinds():
    with pytest.raises(ValueError, match="knowledge nature"):
        concepts.definitions("verb")


def test_a_doi_stands_only_where_it_was_confirmed():
    works = concepts.citations()
    assert works.index.is_unique
    with_doi = works.index[works["doi"] != ""].tolist()
    assert with_doi == ["gibbert2002", "salomann2005", "sain2014"]
    assert works.loc[with_doi, "confirmed"].all()
    second_hand = works[works["via"] != ""]
    assert set(second_hand["via"]) <= set(works.index)
    assert not second_hand["confirmed"].any()


def test_cite_warns_of_what_was_not_confirmed():
    assert concepts.cite("gibbert2002").endswith("doi:10.1016/S0263-2373(02)00101-9.")
    assert concepts.cite("feng2005").endswith("Reference not confirmed.")
    assert "(n.d.)" in concepts.cite("wikipedia")
    with pytest.raises(KeyError, match="garcia2002"):
        concepts.cite("garcia2003")


def test_in_full_cuts_nothing_and_is_the_same_every_time():
    table = concepts.comparison()
    longest = max(table["CKM"], key=len)
    page = concepts.in_full(table)
    assert longest in page._repr_html_()
    assert longest in repr(page)
    assert page._repr_html_() == concepts.in_full(concepts.comparison())._repr_html_()
    assert "text-align: left" in page._repr_html_()
