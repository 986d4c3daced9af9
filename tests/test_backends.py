"""Every function that takes frames: the same answer on every library, a clear word on bad rows.

Each case is called with pandas frames and with the same rows in another library. What is
relational must come back in the caller's own library; what rests on numpy comes back in pandas.
Then each table is spoiled in every way that happens: the answer is one, or an error of our own.
"""

import dataclasses
import traceback
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from ckmlab import capture, classify, control, organize, share, transfer
from ckmlab.datasets import make_company, make_needs_interviews
from ckmlab.frames import is_frame
from ckmlab.scorecard import scorecard

COMPANY = make_company(150, seed=3)
ITEMS = COMPANY.knowledge_items.head(60)
LOG = COMPANY.access_log.query("item_id <= 60").head(150)[["item_id", "employee_id", "ts"]]
CASES_SEEN = COMPANY.interactions.head(150).assign(used=lambda one: one.kb_item_id.notna())
LINKS = CASES_SEEN[["kb_item_id", "resolved", "item_existed"]]
KINDS = ITEMS[["origin", "ktype_coded", "created_process", "used_process"]]
FLOW = classify.type_flow(KINDS)
CODED = pd.DataFrame(
    {"predicted": ITEMS.ktype_coded, "coded": ITEMS.ktype_coded.where(ITEMS.index < 40)}
)
DATED = ITEMS[["item_id", "created_at", "valid_until", "employee_id"]]
PEOPLE = COMPANY.customers[["customer_id", "gender", "segment", "birth_year"]]
NEEDS = make_needs_interviews(12, seed=1)[["interview_id", "need_id"]]
COUNTS = pd.DataFrame(
    {"ticket": [1, 1, 0, 1], "forum": [0, 1, 1, 1], "mail": [1, 0, 1, 1], "people": [20, 30, 40, 5]}
)
RULES = pd.DataFrame(
    {"role": ["agent", "*"], "ktype": ["*", "for"], "purpose": ["*", "*"], "allow": [True, True]}
)
REQUESTS = pd.DataFrame(
    {"role": ["agent", "guest", "guest"], "ktype": ["about", "for", "from"]}
    | {"purpose": ["service", "service", "resale"], "legitimate": [True, True, False]}
)
USES = pd.DataFrame({"customer_id": [1.0, 1, 2, None], "purpose": ["service", "ads", "ads", "ads"]})
CONSENTS = pd.DataFrame({"customer_id": [1, 2], "purpose": ["service", "ads"]})
EFFECT = {"outcome": "resolved", "exposure": "used"}
SOLVED = CASES_SEEN[["resolved", "used", "triage"]]
RANKS = COMPANY.need_rankings.query("moment == 'before'").head(40)
GUARDED = pd.DataFrame({"sensitivity": [0, 1, 2], "need": [6, 3, 1], "risk": [0, 2, 8]})
SEEN = pd.DataFrame({"need": [1, 1, 0], "permitted": [1, 0, 1], "findable": [1, 1, 1]})
FORMS = pd.DataFrame(
    {"from_form": ["tacit", "explicit"] * 4, "to_form": ["tacit"] * 5 + ["explicit"] * 3}
)
LEARNT = pd.DataFrame(
    {"team": ["a", "a", "b", "b"], "pre": [0.2, 0.4, 0.3, 0.5], "post": [0.6, 0.6, 0.4, 0.9]}
)
MINUTES = pd.DataFrame(
    {
        "way": ["forum", "forum", "shop", "shop"],
        "minutes": [10, 30, 20, 20],
        "validated": [1, 2, 0, 3],
    }
)
DRIVERS = pd.DataFrame(np.random.RandomState(1).normal(size=(40, 3)), columns=["y", "a", "b"])
TRIED = pd.DataFrame(
    {"version": [1, 2, 1, 2], "skill": ["low", "low", "high", "high"]}
    | {"views": [10, 12, 14, 16], "success": [7, 1, 5, 9]}
)
ATTEMPTS = pd.DataFrame(
    {"ease": [0.1, 0.9, 0.4, 0.6] * 6, "precision": [0.2, 0.4, 0.9, 0.7, 0.1, 0.8] * 4}
    | {"skill_level": [1, 2, 3, 4] * 6, "success": [0, 1, 1, 0, 0, 1, 1, 1] * 3}
)
WAITS = share.first_use(DATED, LOG, until="2030-01-01")[["days", "observed", "employee_id"]]
RECORDS = COMPANY.identities.head(40)[["record_id", "name", "postcode"]]
AGREED = COMPANY.codings.head(60)[["item_id", "coder", "label"]]
LINEAGE = pd.DataFrame({"item_id": [2, 3, 4], "source_id": [1, 2, 1]})
TURNS = COMPANY.transcripts.head(40)[["speaker", "fact_id", "novel"]]
ASKED = COMPANY.queries.head(10)
FOUND = organize.search_items(ITEMS, ASKED)
IDEAS = pd.DataFrame(
    {"origin": ["customer", "employee"] * 10, "adopted": [True, False, False, True, True] * 4}
    | {
        "blind_score": list(range(40, 60)),
        "reply_days": [3, 9, 4, 1] * 5,
        "told_outcome": [True] * 20,
    }
)
MIX = pd.DataFrame({"ktype": ["about", "for", "from"], "n": [45, 35, 20]})
CONFUSION = pd.DataFrame(
    [[0.88, 0.05, 0.07], [0.06, 0.9, 0.04], [0.15, 0.05, 0.8]], list(MIX.ktype), list(MIX.ktype)
)
GIVEN = pd.DataFrame(
    {"initiative_id": ["x", "x", "y", "y"], "customer_id": [1, 2, 3, 3]}
    | {"in_production": [True, False, False, False], "team_id": [None, "t", None, None]}
    | {"reply_to": [None, 1.0, None, None], "value": [0.0, 5.0, 9.0, 0.0], "revenue_share": 0.1}
)
MARKS = ["contacts_per_month", "expert_share", "reply_share", "revenue_share"]
WRITTEN = COMPANY.knowledge_items[["text", "ktype_coded", "created_at"]]
BORN = PEOPLE[["birth_year", "segment"]].head(30)
WAYS = {"birth_year": [control.bands(20), control.hidden]}
PANEL = PEOPLE[["segment", "birth_year"]].assign(answered=PEOPLE.customer_id % 3 == 0)

#: Function → the frames it takes, and how it is called with them.
CASES = {
    "type_mix": ([KINDS], classify.type_mix),
    "balance": ([KINDS], classify.balance),
    "neglect_index": ([KINDS], classify.neglect_index),
    "type_flow": ([KINDS], classify.type_flow),
    "mark_conformance": ([FLOW], classify.mark_conformance),
    "conformance": ([FLOW], classify.conformance),
    "cramers_v": ([FLOW], classify.cramers_v),
    "prediction_powered_mix": ([CODED], classify.prediction_powered_mix),
    "correct_mix": ([MIX], lambda mix: classify.correct_mix(mix, CONFUSION)),
    "style_features": ([GIVEN], classify.style_features),
    "cluster_styles": (
        [COMPANY.initiatives[MARKS]],
        lambda all_: classify.cluster_styles(all_, seed=1, n_clusters=3, signatures=MARKS),
    ),
    "train_classifier": ([WRITTEN], lambda items: classify.train_classifier(items).macro_f1),
    "ratings_table": ([AGREED], classify.ratings_table),
    "histories": ([COUNTS], lambda lists: capture.histories(lists, count="people")),
    "loglinear": (
        [COUNTS],
        lambda lists: capture.loglinear(lists, count="people", interactions=[]),
    ),
    "loglinear_models": ([COUNTS], lambda lists: capture.loglinear_models(lists, count="people")),
    "incidence_table": ([NEEDS], lambda said: capture.incidence_table(said, item="need_id")),
    "lineage_depth": ([LINEAGE], capture.lineage_depth),
    "effort_by": ([MINUTES], lambda log: capture.effort_by(log, "way")),
    "revealing": ([TURNS], lambda talk: capture.revealing(talk, minutes=30)),
    "response_propensity": (
        [PANEL],
        lambda asked: capture.response_propensity(asked, "answered", ["segment", "birth_year"]),
    ),
    "rake": (
        [PEOPLE],
        lambda asked: capture.rake(
            asked, {"segment": {"basic": 0.5, "premium": 0.3, "business": 0.2}}
        ),
    ),
    "ladder": (
        [PEOPLE, PEOPLE.head(60)],
        lambda all_, some: capture.ladder(
            {"all": all_, "some": some}, customers=all_, by="segment"
        ),
    ),
    "completeness": ([DATED], organize.completeness),
    "completeness_score": (
        [DATED],
        lambda items: organize.completeness_score(items, ["employee_id", "valid_until"]),
    ),
    "freshness": ([DATED], lambda items: organize.freshness(items, "2024-01-01", half_life=400)),
    "age_bands": (
        [DATED],
        lambda items: organize.age_bands(items, "2030-01-01", half_life=400),
    ),
    "stale_share": ([DATED], lambda items: organize.stale_share(items, "2020-01-01")),
    "similar_pairs": (
        [RECORDS],
        lambda books: organize.similar_pairs(
            books, {"name": "jaro_winkler"}, key="record_id", block="postcode", threshold=0.5
        ),
    ),
    "resolve": (
        [pd.DataFrame({"left": [1, 4], "right": [2, 3]})],
        lambda pairs: organize.resolve(pairs, [1, 2, 3, 4, 5]),
    ),
    "drift_scan": (
        [COMPANY.interactions[["period", "topic"]].head(150)],
        lambda log: organize.drift_scan(
            log, period="period", category="topic", seed=1, permutations=19
        ),
    ),
    "pareto_front": (
        [ATTEMPTS],
        lambda points: organize.pareto_front(points, ["ease", "precision"]),
    ),
    "fit_success": ([ATTEMPTS], organize.fit_success),
    "search_items": ([ITEMS[["item_id", "text"]], ASKED], organize.search_items),
    "success_at_k": ([FOUND, ASKED], organize.success_at_k),
    "reciprocal_rank": ([FOUND, ASKED], organize.reciprocal_rank),
    "reach": ([LOG, COMPANY.employees], share.reach),
    "item_reach": ([LOG, DATED], share.item_reach),
    "link_rate": ([LINKS], share.link_rate),
    "reinvention_rate": ([LINKS], share.reinvention_rate),
    "reuse_rate": ([DATED, LOG], share.reuse_rate),
    "uses_per_item": ([DATED, LOG], share.uses_per_item),
    "first_use": ([DATED, LOG], lambda items, log: share.first_use(items, log, until="2030-01-01")),
    "uptake_curve": ([WAITS], share.uptake_curve),
    "log_rank": (
        [WAITS.assign(group=WAITS.index % 2)],
        lambda waits: share.log_rank(waits, "group"),
    ),
    "access_network": (
        [LOG, DATED],
        lambda log, items: share.dependence_table(share.access_network(log, items)),
    ),
    "bus_factor": ([DATED, LOG], share.bus_factor),
    "conversion_matrix": ([FORMS], transfer.conversion_matrix),
    "conversion_modes": ([FORMS], transfer.conversion_modes),
    "crude_effect": ([SOLVED], lambda cases: transfer.crude_effect(cases, **EFFECT)),
    "standardised_effect": (
        [SOLVED],
        lambda cases: transfer.standardised_effect(cases, strata="triage", **EFFECT),
    ),
    "stratum_effects": (
        [SOLVED],
        lambda cases: transfer.stratum_effects(cases, strata="triage", **EFFECT),
    ),
    "success_by_version": (
        [TRIED],
        lambda trials: transfer.success_by_version(trials, "skill"),
    ),
    "driver_weights": (
        [DRIVERS],
        lambda answers: transfer.driver_weights(answers, "y", ["a", "b"]),
    ),
    "driver_distance": (
        [DRIVERS.head(20), DRIVERS.tail(20)],
        lambda one, other: transfer.driver_distance(one, other, "y", ["a", "b"]),
    ),
    "gain_by": ([LEARNT], lambda quiz: transfer.gain_by(quiz, "team")),
    "need_knowledge": ([RANKS], transfer.need_knowledge),
    "need_knowledge_by_pair": ([RANKS], transfer.need_knowledge_by_pair),
    "parity": ([IDEAS], transfer.parity),
    "class_sizes": ([PEOPLE], lambda people: control.class_sizes(people, ["gender", "segment"])),
    "k_anonymity": ([PEOPLE], lambda people: control.k_anonymity(people, ["gender", "segment"])),
    "uniqueness": ([PEOPLE], lambda people: control.uniqueness(people, ["gender", "birth_year"])),
    "l_diversity": ([PEOPLE], lambda people: control.l_diversity(people, ["gender"], "segment")),
    "t_closeness": ([PEOPLE], lambda people: control.t_closeness(people, ["gender"], "segment")),
    "generalise": ([BORN], lambda people: control.generalise(people, WAYS, {"birth_year": 1})),
    "smallest_generalisation": (
        [BORN],
        lambda people: control.smallest_generalisation(people, WAYS, 3),
    ),
    "k_utility_frontier": ([BORN], lambda people: control.k_utility_frontier(people, WAYS)),
    "evaluate_policy": ([REQUESTS, RULES], control.evaluate_policy),
    "purpose_mismatch": ([USES, CONSENTS], control.purpose_mismatch),
    "judged": (
        [REQUESTS.assign(done=[1, 0, 1])],
        lambda all_: control.evaluate_policy(all_, "done"),
    ),
    "retention_breaches": ([DATED], lambda items: control.retention_breaches(items, "2020-01-01")),
    "late_deletions": (
        [COMPANY.exports],
        lambda all_: control.retention_breaches(
            all_, "2026-01-01", until="delete_by", deleted="deleted_on"
        ),
    ),
    "reachability": ([SEEN], control.reachability),
    "transparency_exposure": ([GUARDED], control.transparency_exposure),
    "scorecard": (
        [DATED, LOG],
        lambda items, log: scorecard({"knowledge_items": items, "access_log": log}),
    ),
}
#: Their frame is a matrix made by another function, not a table of rows.
WITHOUT_ROWS = {"steady_state"}
#: What is relational comes back in the library it came from.
RELATIONAL = [
    "type_mix",
    "type_flow",
    "mark_conformance",
    "completeness",
    "class_sizes",
    "item_reach",
    "first_use",
    "evaluate_policy",
    "judged",
    "late_deletions",
    "purpose_mismatch",
    "retention_breaches",
]


def plain(answer):
    """An answer of any type as nested lists, rows of frames in a fixed order."""
    if dataclasses.is_dataclass(answer):
        fields = [field.name for field in dataclasses.fields(answer)]
        return {name: plain(getattr(answer, name)) for name in fields}
    if isinstance(answer, pd.Series | np.ndarray):
        return plain(pd.DataFrame({"value": np.asarray(answer)}))
    if isinstance(answer, dict):
        return {str(name): plain(one) for name, one in answer.items()}
    try:
        frame = nw.from_native(answer)
    except TypeError:
        return cell(answer) if np.ndim(answer) == 0 else [cell(one) for one in answer]
    frame = frame.collect("pandas") if isinstance(frame, nw.LazyFrame) else frame
    rows = frame.to_pandas().to_dict("records")
    return sorted(([cell(one) for one in row.values()] for row in rows), key=repr)


def cell(value):
    """One value as every library can write it."""
    if isinstance(value, list | tuple):
        return [cell(one) for one in value]
    if pd.isna(value):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.number):
        return float(f"{float(value):.9g}")
    return str(pd.Timestamp(value)) if hasattr(value, "year") else value


@pytest.mark.parametrize("name", CASES)
def test_the_answer_does_not_depend_on_the_library(name, backend):
    frames, call = CASES[name]
    answer = call(*[backend(frame) for frame in frames])
    assert plain(answer) == plain(call(*frames))
    if name in RELATIONAL:
        tables = list(tables_of(answer))
        assert tables
        assert {type(table) for table in tables} == {type(backend(frames[0]))}


def tables_of(answer):
    """The tables of an answer: itself, or those among its fields."""
    if not dataclasses.is_dataclass(answer):
        return [answer]
    fields = [getattr(answer, field.name) for field in dataclasses.fields(answer)]
    return [one for one in fields if is_frame(one)]


@pytest.mark.parametrize("room", [classify, capture, organize, share, transfer, control])
def test_every_function_that_takes_a_frame_is_tried(room):
    functions = [name for name in room.__all__ if not isinstance(getattr(room, name), type)]
    framed = {name for name in functions if "data frame\n" in takes(getattr(room, name))}
    framed |= {name for name in functions if "data frame or" in takes(getattr(room, name))}
    assert framed - set(CASES) <= WITHOUT_ROWS


def takes(function):
    """What a docstring says of the parameters."""
    return function.__doc__.partition("Parameters")[2].partition("Returns")[0]


def spoiled(frame):
    """The table as it should not be: empty, without a column, with texts or gaps in one."""
    yield "no table", frame.to_numpy().tolist()
    yield "nothing", None
    yield "no rows", frame.iloc[:0]
    yield "one row", frame.iloc[:1]
    yield "all missing", frame.astype(object).where(frame.isna(), None)
    for column in frame:
        yield f"no {column}", frame.drop(columns=column)
        yield f"text in {column}", frame.assign(**{column: [f"x{row}" for row in frame.index]})
        yield f"gap in {column}", frame.assign(**{column: frame[column].astype(object).shift()})
        if frame[column].dtype.kind in "iuf":
            yield f"negative {column}", frame.assign(**{column: -1 - frame[column]})


@pytest.mark.parametrize("name", CASES)
def test_bad_rows_are_told_in_our_words(name):
    frames, call = CASES[name]
    for place, frame in enumerate(frames):
        for what, bad in spoiled(frame):
            try:
                call(*frames[:place], bad, *frames[place + 1 :])
            except (TypeError, ValueError, KeyError) as error:
                source = traceback.extract_tb(error.__traceback__)[-1].filename
                assert "ckmlab" in Path(source).parts, f"{what}: {error!r} comes from {source}"
