import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ckmlab.studies import check_table


def frame(**columns):
    return pd.DataFrame(columns)


def verdict(report, figure):
    return report.set_index("figure").loc[figure, "verdict"]


@pytest.mark.parametrize(
    ("mean", "n", "items", "expected"),
    [
        ("5.19", 28, 1, "impossible"),  # Brown & Heathers (2017); so in the tests of R's GRIM_test
        ("5.18", 28, 1, "possible"),
        ("3.47", 19, 1, "possible"),  # 66 / 19
        ("3.45", 20, 1, "possible"),
        ("3.48", 20, 1, "impossible"),
        ("3.48", 20, 5, "possible"),
        ("3.4", 200, 1, "possible"),  # n too large for the digits printed
    ],
)
def test_grim(mean, n, items, expected):
    report = check_table(means=pd.DataFrame({"mean": [mean], "n": [n], "items": [items]}, ["x"]))
    assert verdict(report, "mean of x") == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 7), min_size=2, max_size=60), st.integers(1, 3))
def test_true_means_and_deviations_are_always_possible(answers, decimals):
    table = frame(
        mean=[f"{np.mean(answers):.{decimals}f}"], sd=[f"{np.std(answers, ddof=1):.{decimals}f}"],
        n=[len(answers)], low=[1], high=[7],
    )  # fmt: skip
    assert set(check_table(means=table)["verdict"]) == {"possible"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=40))
def test_true_scale_means_are_always_possible(answers):
    scores = np.mean(answers, axis=1)
    table = frame(mean=[f"{scores.mean():.2f}"], sd=[f"{scores.std(ddof=1):.2f}"],
                  n=[len(scores)], items=[3])  # fmt: skip
    assert set(check_table(means=table)["verdict"]) == {"possible"}


def test_grimmer_finds_what_grim_does_not():
    # brute force: all answers of five people on 1 to 7 with mean 3.40
    from itertools import combinations_with_replacement

    wanted = [a for a in combinations_with_replacement(range(1, 8), 5) if sum(a) == 17]
    exist = {f"{np.std(a, ddof=1):.2f}" for a in wanted}
    for text in ["1.10", "1.14", "1.20", "1.52", "1.67", "1.82", "1.95", "2.07", "2.30", "2.31"]:
        table = frame(mean=["3.40"], sd=[text], n=[5])
        found = check_table(means=table).iloc[1]["verdict"]
        assert found == ("possible" if text in exist else "impossible"), text


def test_spread_wider_than_the_scale():
    table = pd.DataFrame(
        {"mean": ["6.8"], "sd": ["2.5"], "n": [100], "low": [1], "high": [7]}, ["x"]
    )
    assert verdict(check_table(means=table), "spread of x") == "impossible"
    table["mean"] = "7.3"
    assert verdict(check_table(means=table), "range of x") == "impossible"


def test_percentages():
    table = pd.DataFrame({"percent": ["33.9", "34.0", "120"], "n": [12, 12, 50]}, ["a", "b", "c"])
    assert check_table(percentages=table)["verdict"].tolist() == [
        "impossible", "impossible", "impossible",
    ]  # fmt: skip
    table["percent"] = ["33.3 %", "50.0", "12"]
    table["n"] = [12, 12, 50]
    assert check_table(percentages=table)["verdict"].tolist() == ["possible"] * 3


def printed(matrix, names):
    return pd.DataFrame(matrix, columns=names)


def test_impossible_correlations_are_told_from_rounded_ones():
    bad = printed([["", "", ""], [".90", "", ""], [".10", ".90", ""]], ["a", "b", "c"])
    line = check_table(correlations=bad).iloc[-1]
    assert line["verdict"] == "impossible" and "nearest valid matrix" in line["note"]
    # r² + s² = 1 is the border; .71 and .71 lie just beyond it, .705 behind the print does not
    border = printed([["1", "", ""], [".71", "1", ""], [".71", ".00", "1"]], ["a", "b", "c"])
    assert check_table(correlations=border).iloc[-1]["verdict"] == "possible"
    # a coarse entry does not make the fine ones coarse
    mixed = printed([["1", "", ""], [".7200", "1", ""], [".7200", ".0", "1"]], ["a", "b", "c"])
    assert check_table(correlations=mixed).iloc[-1]["verdict"] == "possible"
    coarse = printed([["1", "", ""], [".9000", "1", ""], [".9000", ".0", "1"]], ["a", "b", "c"])
    assert check_table(correlations=coarse).iloc[-1]["verdict"] == "impossible"
    sharp = printed([["1", "", ""], [".7200", "1", ""], [".7200", ".000", "1"]], ["a", "b", "c"])
    assert check_table(correlations=sharp).iloc[-1]["verdict"] == "impossible"


def test_a_correlation_beyond_one():
    table = printed([["", ""], ["1.04", ""]], ["a", "b"])
    assert check_table(correlations=table)["verdict"].tolist() == ["impossible"]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_true_tables_are_always_possible(seed, decimals):
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(30, 4)) + rng.normal(size=(30, 1))
    R = pd.DataFrame(np.corrcoef(data, rowvar=False), columns=list("abcy"))
    beta = np.linalg.solve(R.iloc[:3, :3], R.iloc[:3, 3])
    r2 = float(beta @ R.iloc[:3, 3])
    paths = frame(source=list("abc"), target=["y"] * 3,
                  estimate=[f"{b:.{decimals}f}" for b in beta])  # fmt: skip
    text = R.map(lambda value: f"{value:.{decimals}f}")
    report = check_table(
        correlations=text, paths=paths if decimals > 1 else None,
        r_squared={"y": f"{r2:.{decimals}f}"} if decimals > 1 else None,
    )  # fmt: skip
    assert not (report["verdict"] == "impossible").any(), report


def test_a_wrong_path_and_a_wrong_r_squared():
    R = printed([["1", "", ""], [".30", "1", ""], [".40", ".50", "1"]], ["a", "b", "y"])
    paths = frame(source=["a", "b"], target=["y", "y"], estimate=[".27", ".42"])
    good = check_table(correlations=R, paths=paths, r_squared={"y": ".32"})
    assert not (good["verdict"] == "impossible").any()
    paths["estimate"] = [".27", ".52"]
    bad = check_table(correlations=R, paths=paths, r_squared={"y": ".32"})
    assert verdict(bad, "b → y") == "impossible"
    assert verdict(bad, "R² of y") == "impossible"


def test_t_must_be_estimate_over_error():
    paths = frame(source=["a", "b"], target=["y", "y"], estimate=[".30", "-.30"],
                  se=[".10", ".10"], t=["3.9", "3.0"])  # fmt: skip
    assert check_table(paths=paths)["verdict"].tolist() == ["impossible", "possible"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["t", "F", "chi2", "z", "r"]), st.floats(0.05, 5), st.integers(3, 200))
def test_true_p_values_are_always_possible(kind, value, df):
    value = value / 6 if kind == "r" else value
    p = {
        "t": lambda: 2 * stats.t.sf(value, df), "F": lambda: stats.f.sf(value, 3, df),
        "chi2": lambda: stats.chi2.sf(value, df), "z": lambda: 2 * stats.norm.sf(value),
        "r": lambda: 2 * stats.t.sf(value * np.sqrt(df / (1 - value**2)), df),
    }[kind]()  # fmt: skip
    table = frame(statistic=[kind], value=[f"{value:.2f}"], df=[3 if kind == "F" else df],
                  df2=[df], p=[f"{p:.3f}"])  # fmt: skip
    report = check_table(tests=table)
    assert report["verdict"].tolist() == ["possible"], report


def test_p_values():
    table = pd.DataFrame(
        {"statistic": ["t", "t", "t", "F"], "value": ["2.20", "2.20", "1.70", "<1"],
         "df": [28, 28, 50, 1], "df2": [np.nan, np.nan, np.nan, 40],
         "p": [".036", "< .001", ".048", ".52"]},
        index=["right", "wrong", "one-sided", "small F"],
    )  # fmt: skip
    report = check_table(tests=table)
    assert report["verdict"].tolist() == ["possible", "impossible", "impossible", "possible"]
    assert "one-sided" in report["note"][2]


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({}, "nothing to check"),
        ({"means": frame(mean=["3.1"])}, "means needs a data frame with the column 'n'"),
        ({"means": frame(mean=["3,1"], n=[5])}, "decimal mark"),
        ({"tests": frame(statistic=["t"], value=["2"], p=[".05"])}, "needs the column 'df'"),
        ({"tests": frame(statistic=["q"], value=["2"], p=[".05"])}, "choose one of"),
        ({"reliability": frame(cr=[".9"])}, "reliability needs loadings"),
        ({"r_squared": {"y": ".3"}}, "needs correlations"),
        ({"correlations": printed([["", ""], ["", ""]], ["a", "b"])}, "no correlation of b and a"),
    ],
)  # fmt: skip
def test_bad_sections_are_named(sections, message):
    with pytest.raises(ValueError, match=message):
        check_table(**sections)


def test_frames_of_another_library():
    polars = pytest.importorskip("polars")
    table = frame(mean=["5.19", "5.18"], n=[28, 28])
    ours, theirs = check_table(means=table), check_table(means=polars.from_pandas(table))
    pd.testing.assert_frame_equal(ours, theirs)


def test_what_is_no_frame_is_said():
    with pytest.raises(ValueError, match="means is a list"):
        check_table(means=["3.4"])
