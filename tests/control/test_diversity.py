import numpy as np
import pandas as pd
import pytest

from ckmlab.control import k_anonymity, l_diversity, t_closeness


def random_people():
    rng = np.random.default_rng(2002)
    return pd.DataFrame(
        {
            "age": rng.integers(2, 6, 400) * 10,
            "sex": rng.choice(["f", "m"], 400),
            "region": rng.choice(["n", "s", "w"], 400),
            "debt": rng.choice(["none", "some", "much"], 400, p=[0.6, 0.3, 0.1]),
            "spend": rng.integers(1, 9, 400) * 10,
        }
    )


def test_equals_the_peer():
    # pyCANON 1.3.6 on the same table: k = 9, l = 2 and 4, t = .246667 and .205153
    people, quasi = random_people(), ["age", "sex", "region"]
    assert k_anonymity(people, quasi) == 9
    assert l_diversity(people, quasi, "debt") == 2
    assert l_diversity(people, quasi, "spend") == 4
    assert t_closeness(people, quasi, "debt") == pytest.approx(0.24666666666666665)
    assert t_closeness(people, quasi, "spend") == pytest.approx(0.20515306122448973)


def test_published_distances_of_salaries():
    # Li et al. (2007), section 4.2: against 3k to 11k, {3, 4, 5}k is .375 and {6, 8, 11}k .167 away
    salary = [3, 4, 5, 6, 8, 11, 7, 9, 10]
    table = pd.DataFrame({"zip": list("aaabbbccc"), "salary": salary})
    assert t_closeness(table, ["zip"], "salary") == pytest.approx(0.375)
    # put {3, 4, 5} and {7, 9, 10} into one group, so that {6, 8, 11} is the farther one
    merged = table.assign(zip=list("cccbbbccc"))
    assert t_closeness(merged, ["zip"], "salary") == pytest.approx(0.167, abs=0.0005)


def test_alike_and_sick_gives_everybody_away():
    table = pd.DataFrame({"age": [30, 30, 40, 40], "debt": ["yes", "yes", "yes", "no"]})
    assert l_diversity(table, ["age"], "debt") == 1
    assert l_diversity(table, ["age"], "debt", kind="entropy") == pytest.approx(1)


def test_entropy_is_not_fooled_by_one_odd_value():
    table = pd.DataFrame({"age": [1] * 100, "debt": ["yes"] * 99 + ["no"]})
    assert l_diversity(table, ["age"], "debt") == 2
    assert l_diversity(table, ["age"], "debt", kind="entropy") < 1.06


def test_even_values_have_full_entropy_and_no_distance():
    table = pd.DataFrame({"age": [1, 1, 2, 2], "debt": ["yes", "no"] * 2})
    assert l_diversity(table, ["age"], "debt", kind="entropy") == pytest.approx(2)
    assert t_closeness(table, ["age"], "debt") == 0


def test_one_group_is_perfectly_close():
    assert t_closeness(random_people().assign(age=1), ["age"], "spend") == pytest.approx(0)


def test_clear_errors():
    people = random_people()
    with pytest.raises(ValueError, match="only one"):
        l_diversity(people, ["age", "debt"], "debt")
    with pytest.raises(ValueError, match="choose one of"):
        l_diversity(people, ["age"], "debt", kind="recursive")
    with pytest.raises(KeyError, match="income"):
        t_closeness(people, ["age"], "income")
