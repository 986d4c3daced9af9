"""The company's interface: tables, dictionary, the seal on its truth, saving and loading."""

import copy
import json
import pickle
import re

import pandas as pd
import pytest

from ckmlab.datasets import load_company, make_company
from ckmlab.datasets.dictionary import columns_of, read_dictionary
from ckmlab.datasets.truth import Sealed


@pytest.fixture(scope="module")
def company():
    return make_company(400, seed=1)


def test_every_table_is_an_attribute(company):
    assert company.customers is company.tables["customers"]
    assert "customers" in dir(company)
    with pytest.raises(AttributeError, match="no table 'custmers'; it has customers"):
        _ = company.custmers


def test_tables_cannot_be_replaced(company):
    with pytest.raises(TypeError):
        company.tables["customers"] = pd.DataFrame()


def test_dictionary_describes_exactly_the_public_columns(company):
    described = {
        table: rows["column"].tolist()
        for table, rows in company.dictionary.groupby("table", sort=False)
    }
    assert described == {name: table.columns.tolist() for name, table in company.tables.items()}
    assert (company.dictionary["meaning"].str.len() > 3).all()


def test_numbers_and_ranges_are_as_described(company):
    for row in read_dictionary().itertuples():
        values = company.tables[row.table][row.column]
        if not row.nullable:
            assert values.notna().all(), (row.table, row.column)
        if row.type == "string" and "|" in row.range:
            assert set(values.dropna()) <= set(row.range.split("|")), (row.table, row.column)


def test_keys_are_unique_and_references_sound(company):
    for table, rows in company.dictionary.groupby("table"):
        primary = rows.loc[rows["key"].str.startswith("primary"), "column"].tolist()
        if primary:
            assert not company.tables[table].duplicated(primary).any(), table
        for row in rows[rows["key"].str.contains(".", regex=False)].itertuples():
            target, column = row.key.removeprefix("primary; ").split(".")
            values = company.tables[table][row.column].dropna()
            assert values.isin(company.tables[target][column]).all(), (table, row.column)


def test_truth_answers_by_name_only(company):
    assert company.truth["dissatisfied"] > company.truth["voiced"] > company.truth["registered"]
    assert "dissatisfied" in list(company.truth)
    with pytest.raises(KeyError, match="did you mean 'dissatisfied'"):
        company.truth["disatisfied"]
    with pytest.raises(KeyError, match="no table 'codings'; it has"):
        company.truth.table("codings")


def test_every_answer_is_described(company):
    described = company.truth.describe()
    for name in company.truth:
        assert name in described.index or re.sub(r"\d+$", "#", name) in described.index, name
    known = {re.sub(r"\d+$", "#", name) for name in company.truth} | set(company.truth)
    assert set(described.index) <= known
    assert described["meaning"].str.len().min() > 10


def test_truth_table_joins_to_the_public_one(company):
    latent = company.truth.table("knowledge_items")
    joined = company.knowledge_items.merge(latent, on="item_id", validate="one_to_one")
    assert len(joined) == len(company.knowledge_items)
    assert set(latent["ktype_true"]) == {"about", "for", "from"}


def _holds_truth(text):
    sealed = set(read_dictionary(sealed=True)["column"]) - set(read_dictionary()["column"])
    return [name for name in sealed if re.search(rf"\b{name}\b", text)]


def test_truth_is_in_no_repr(company):
    shown = repr(company) + company._repr_html_() + repr(company.truth) + str(vars(company.truth))
    assert not _holds_truth(shown)
    assert str(company.truth["dissatisfied"]) not in repr(company.truth)


def test_truth_is_in_no_pickle_but_can_be_made_again(company):
    for again in (pickle.loads(pickle.dumps(company)), copy.deepcopy(company)):
        assert not any(isinstance(value, Sealed) for value in vars(again).values())
        assert again.truth["silent"] == company.truth["silent"]
        pd.testing.assert_frame_equal(again.customers, company.customers)
    assert b"theta" not in pickle.dumps(company)
    with pytest.raises(TypeError, match="stays sealed"):
        pickle.dumps(company.truth)


def test_truth_is_in_no_saved_file_unless_asked_for(company, tmp_path):
    plain = company.save(tmp_path / "plain")
    for path in plain.rglob("*"):
        if path.name not in ("README.md", "datapackage.json"):
            header = path.read_text(encoding="utf-8").splitlines()[0]
            assert not _holds_truth(header), path
    open_ = company.save(tmp_path / "open", truth=True)
    answers = json.loads((open_ / "truth" / "answers.json").read_text())
    assert answers["silent"] == company.truth["silent"]


def test_looking_at_the_truth_is_logged(company, caplog):
    with caplog.at_level("INFO", logger="ckmlab.truth"):
        company.truth["silent"]
    assert "truth revealed: silent" in caplog.text


def test_save_and_load_give_the_same_company(company, tmp_path):
    again = load_company(company.save(tmp_path / "kestrel"))
    assert list(again.tables) == list(company.tables)
    for name, table in company.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
    assert again.truth["hidden"] == company.truth["hidden"]
    assert again.scenario == company.scenario


def test_saving_again_into_the_same_folder_is_fine(company, tmp_path):
    company.save(tmp_path / "kestrel")
    assert company.save(tmp_path / "kestrel") == tmp_path / "kestrel"


def test_another_company_is_never_overwritten(company, tmp_path):
    company.save(tmp_path / "kestrel")
    before = (tmp_path / "kestrel" / "customers.csv").read_bytes()
    with pytest.raises(FileExistsError, match="another company"):
        make_company(100, seed=2).save(tmp_path / "kestrel")
    assert (tmp_path / "kestrel" / "customers.csv").read_bytes() == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("two years of work")
    with pytest.raises(FileExistsError, match="not empty"):
        company.save(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_saving_again_loses_nobody_s_file(company, tmp_path):
    folder = company.save(tmp_path / "kestrel")
    (folder / "thesis.txt").write_text("two years of work")
    with pytest.raises(FileExistsError, match=r"'thesis.txt' beside this company"):
        company.save(folder)
    assert (folder / "thesis.txt").read_text() == "two years of work"


def test_data_of_an_older_version_load_unless_their_values_differ(company, tmp_path):
    folder = company.save(tmp_path / "kestrel")
    described = json.loads((folder / "datapackage.json").read_text())
    # Version 1.0.0 had no products and no periods in the forum.
    described["version"] = "1.0.0"
    described["resources"] = [one for one in described["resources"] if one["name"] != "products"]
    (folder / "datapackage.json").write_text(json.dumps(described))
    forum = pd.read_csv(folder / "forum.csv", dtype=str).drop(columns="period")
    forum.to_csv(folder / "forum.csv", index=False)
    older = load_company(folder, verify=False)
    assert "products" not in older.tables and "period" not in older.forum
    assert older.truth["silent"] == company.truth["silent"]
    assert older.digest() != company.digest()
    (folder / "datapackage.json").write_text(json.dumps(described | {"version": "0.3.0"}))
    with pytest.raises(ValueError, match=r"version 0.3.0, whose values are not those of"):
        load_company(folder)


def test_loading_says_what_is_wrong(company, tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no company"):
        load_company(tmp_path)
    folder = company.save(tmp_path / "kestrel")
    with (folder / "codings.csv").open("a") as file:
        file.write("1,A,about,3.0\n")
    with pytest.raises(ValueError, match=r"codings.csv was changed"):
        load_company(folder)
    assert len(load_company(folder, verify=False).codings) == len(company.codings) + 1
    (folder / "codings.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"codings.csv is missing"):
        load_company(folder)
    (folder / "datapackage.json").write_text("[]")
    with pytest.raises(ValueError, match="not the description of a company"):
        load_company(folder)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n_customers": 0}, ValueError, "n_customers is 0"),
        ({"n_customers": -5}, ValueError, "n_customers is -5"),
        ({"n_customers": 2.5}, TypeError, "n_customers is 2.5; give a whole number"),
        ({"n_customers": True}, TypeError, "n_customers is True"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"seed": "abc"}, TypeError, "seed is 'abc'"),
        ({"scenario": "clasic"}, ValueError, "no scenario 'clasic'; choose one of classic"),
        ({"scenario": 3}, TypeError, "scenario is a int; give a name or a Scenario"),
        ({"nonrespons": False}, TypeError, "no 'nonrespons'; did you mean 'nonresponse'"),
        ({"nonresponse": 1}, TypeError, "nonresponse is 1; a trap is True or False"),
        ({"capture": 1.2}, ValueError, "capture is 1.2; give a share between 0 and 1"),
        ({"market": "moon"}, ValueError, "market is 'moon'; choose"),
        ({"segment_shares": (1, 1, 1)}, ValueError, "add up to 1"),
        ({"problem_rate": 40}, ValueError, "problem_rate is 40"),
        ({"coder_strength": 9}, ValueError, "coder_strength is 9"),
    ],
)
def test_impossible_arguments_get_a_clear_message(arguments, error, message):
    with pytest.raises(error, match=message.replace("(", r"\(")):
        make_company(**{"n_customers": 50, **arguments})


def test_counterfactual_changes_policies_only(company):
    with pytest.raises(TypeError, match="'nonresponse' is no policy of the firm"):
        company.counterfactual(nonresponse=False)
    same = company.counterfactual()
    for name, table in company.tables.items():
        pd.testing.assert_frame_equal(same.tables[name], table)


def test_tables_have_the_promised_types(company):
    assert company.customers["tenure_start"].dtype == "datetime64[s]"
    assert company.interactions["kb_item_id"].dtype == "Int64"
    assert columns_of("interactions")["resolved"] == "boolean"
    assert company.interactions["resolved"].dtype == bool


def test_one_customer_is_a_company_too():
    company = make_company(1, seed=3)
    assert len(company.customers) == 1
    assert company.truth["customers"] == 1
