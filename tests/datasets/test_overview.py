"""One page about a company: complete, true to the tables, silent about the truth."""

import pytest

from ckmlab.datasets import make_company
from ckmlab.datasets.overview import summarise


@pytest.fixture(scope="module")
def company():
    return make_company(300, seed=1)


def test_every_table_is_on_the_page_once_with_its_size(company):
    tables = summarise(company)["tables"]
    assert sorted(tables["table"]) == sorted(company.tables)
    sizes = dict(zip(tables["table"], tables["rows"], strict=True))
    assert sizes == {name: len(table) for name, table in company.tables.items()}


def test_links_are_the_dictionary_s_foreign_keys(company):
    links = summarise(company)["tables"].set_index("table")["links"]
    assert links["interactions"] == ["customers", "employees", "knowledge_items"]
    assert links["customers"] == []


def test_the_picture_says_its_numbers(company):
    fig = company.overview()
    assert "29 tables hang on customers" in fig.title
    assert f"transactions {len(company.transactions):,}" in fig.alt
    drawn = {text.get_text() for ax in fig.axes for text in ax.texts}
    assert set(company.tables) <= drawn
    assert f"{len(company.interactions):,}" in drawn


def test_donors_have_a_page_too():
    fig = make_company(300, seed=1, scenario="nonprofit").overview()
    assert "nonprofit" in fig.title
