import nbformat
import pandas as pd
import pytest

from ckmlab import studies
from ckmlab.cli import main


def test_template_is_a_study_that_runs(tmp_path):
    path = studies.template(tmp_path / "doe2020.py")
    study = studies.load_study(path)
    # printed .37 is what .40 and .60 with .50 between them give: (.4² + .6² - 2·.4·.6·.5) / .75
    frame = study.reproduce()
    assert frame["verdict"].tolist() == ["reproduced", "reproduced"]
    assert frame["recomputed"].tolist() == pytest.approx([0.25, 0.28 / 0.75])
    assert (study.check()["verdict"] == "possible").all()
    assert study.simulate(seed=3).corr().loc["USE", "LOYALTY"] == pytest.approx(0.4)
    varied = study.model([[".50"], [".20", ".60"]])
    assert varied.effects.shape == (3, 5)


def test_template_is_about_twenty_lines_to_fill_in():
    code = [line for line in studies.template().splitlines() if line.strip() and '"""' not in line]
    assert len(code) <= 25


def test_template_leaves_existing_files_alone(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("precious")
    with pytest.raises(FileExistsError, match="left alone"):
        studies.template(path)
    assert path.read_text() == "precious"


def test_supplement_of_an_own_study_holds_its_code(tmp_path):
    path = studies.template(tmp_path / "doe2020.py")
    notebook, bibliography, table = studies.supplement(path, tmp_path / "supplement")
    assert bibliography.read_text(encoding="utf-8").startswith("@article{doe2020,")
    assert pd.read_csv(table, dtype={"printed": str})["printed"].tolist() == [".25", ".37"]
    page = nbformat.read(notebook, as_version=4)
    nbformat.validate(page)
    assert page.cells[-1].source == "ckmlab.provenance()"
    space = {}
    for cell in page.cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    assert space["frame"]["verdict"].tolist() == ["reproduced", "reproduced"]


def test_supplements_of_shipped_studies_run(tmp_path):
    notebook, *_ = studies.supplement(studies.absorptive_capacity, tmp_path)
    space = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    assert len(space["frame"]) == 9
    again, *_ = studies.supplement(studies.absorptive_capacity, tmp_path / "again")
    assert notebook.read_bytes() == again.read_bytes()


def test_what_is_no_study_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="no study"):
        studies.load_study(tmp_path / "nothing.py")
    (tmp_path / "half.py").write_text("TABLES = {}\n")
    with pytest.raises(ValueError, match=r"half\.py has no CITATION"):
        studies.load_study(tmp_path / "half.py")


def test_command_line_lists_runs_and_writes(tmp_path, capsys):
    assert main(["study"]) == 0
    assert capsys.readouterr().out.split() == studies.available()
    assert main(["study", "social_maturity", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "1 figures: 1 reproduced." in said and "Computed with\nckmlab" in said
    assert (tmp_path / "out" / "social_maturity.bib").is_file()
    own = studies.template(tmp_path / "doe2020.py")
    assert main(["study", str(own)]) == 0
    assert "2 reproduced" in capsys.readouterr().out


def test_command_line_names_the_studies_there_are(capsys):
    assert main(["study", "nobody"]) == 1
    assert "absorptive_capacity" in capsys.readouterr().err
