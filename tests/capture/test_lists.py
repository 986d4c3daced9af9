import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.capture import chapman, lincoln_petersen


def overlaps(least_both=0):
    return st.tuples(st.integers(least_both, 200), st.integers(0, 300), st.integers(0, 300)).map(
        lambda t: (t[0] + t[1], t[0] + t[2], t[0])
    )


def test_worked_example_of_the_research_notes():
    # research notes 4.3: n1=120, n2=90, m=36 → 300; 296.59 ± 30.99
    assert lincoln_petersen(120, 90, 36).value == pytest.approx(300)
    estimate = chapman(120, 90, 36)
    assert estimate.value == pytest.approx(296.59, abs=0.005)
    assert "standard error 30.99" in estimate.method
    assert estimate.n == 174


def test_published_pairs_of_the_hepatitis_outbreak():
    # Chao, Tsay, Lin, Shau and Chao (2001), Statistics in Medicine: Petersen estimates of the
    # pairs of lists P, Q, E of the HAV outbreak, to the nearest person
    assert round(lincoln_petersen(135, 122, 49).value) == 336
    assert round(lincoln_petersen(135, 126, 45).value) == 378
    assert round(lincoln_petersen(122, 126, 46).value) == 334


def test_seber_1982_page_107():
    # Rcapture 1.4 (model Mt with two occasions): 2389.9
    assert lincoln_petersen(948, 421, 167).value == pytest.approx(2389.9, abs=0.05)


@given(overlaps(least_both=1))
def test_never_fewer_than_were_seen(lists):
    for estimate in (lincoln_petersen(*lists), chapman(*lists)):
        assert estimate.low >= estimate.n - 1e-9
        assert estimate.low <= estimate.value + 1e-9 <= estimate.high + 2e-9


@given(overlaps())
def test_the_order_of_the_lists_does_not_matter(lists):
    n1, n2, both = lists
    assert chapman(n1, n2, both).value == pytest.approx(chapman(n2, n1, both).value)


@given(overlaps(least_both=1))
def test_less_overlap_means_more_unseen(lists):
    n1, n2, both = lists
    assert chapman(n1, n2, both - 1).value >= chapman(n1, n2, both).value


def test_no_overlap_is_said_plainly():
    with pytest.raises(ValueError, match=r"share nobody.*chapman"):
        lincoln_petersen(10, 10, 0)
    assert chapman(10, 10, 0).value == 120


@pytest.mark.parametrize(
    ("lists", "message"),
    [((10, 5, 6), "more than the shorter"), ((-1, 5, 0), "n1 is -1"), ((1.5, 5, 0), "whole")],
)
def test_impossible_counts_are_refused(lists, message):
    with pytest.raises(ValueError, match=message):
        chapman(*lists)


def test_a_word_is_no_count():
    with pytest.raises(TypeError, match="'many'"):
        chapman("many", 5, 1)
