"""One district, from nobody to all tables."""

import numpy as np

from ckmlab.datasets.kestrel.access import make_access_log, make_exports
from ckmlab.datasets.kestrel.articles import make_articles, make_quiz
from ckmlab.datasets.kestrel.beliefs import make_beliefs
from ckmlab.datasets.kestrel.campaigns import make_contacts, run_campaigns
from ckmlab.datasets.kestrel.codings import make_codings
from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.complaints import make_complaints
from ckmlab.datasets.kestrel.contracts import make_contracts
from ckmlab.datasets.kestrel.history import live_through
from ckmlab.datasets.kestrel.ideas import make_ideas
from ckmlab.datasets.kestrel.identities import make_identities
from ckmlab.datasets.kestrel.interactions import make_interactions
from ckmlab.datasets.kestrel.listening import (
    make_interviews,
    make_need_rankings,
    make_transcripts,
)
from ckmlab.datasets.kestrel.nature import nature_of_items
from ckmlab.datasets.kestrel.people import make_people
from ckmlab.datasets.kestrel.prospects import make_leads, make_offers
from ckmlab.datasets.kestrel.purchases import make_purchases
from ckmlab.datasets.kestrel.queries import make_queries
from ckmlab.datasets.kestrel.reuse import answer_existed
from ckmlab.datasets.kestrel.setting import moment
from ckmlab.datasets.kestrel.staff import make_staff
from ckmlab.datasets.kestrel.store import link_interactions, make_items
from ckmlab.datasets.kestrel.surveys import make_surveys
from ckmlab.datasets.kestrel.training import choose_for_training
from ckmlab.datasets.kestrel.word_of_mouth import make_forum, make_referrals

__all__ = ["simulate"]


def simulate(setting):
    """Run all steps of the simulation for one district.

    What is latent comes first: people, staff, their history. The tables that a firm would have
    are read off it afterwards.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to dict of str to array
        For each table its columns, public and latent; the dictionary says what belongs where.
    """
    people = make_people(setting)
    staff = make_staff(setting)
    history = live_through(setting, people, staff)
    interactions = make_interactions(setting, people, staff, history)
    items = make_items(setting, people, staff, interactions)
    items |= nature_of_items(setting, items)
    interactions["kb_item_row"] = link_interactions(setting, interactions, items)
    interactions["kb_item_id"] = nullable(items["item_id"], interactions["kb_item_row"])
    interactions["item_existed"] = answer_existed(interactions, items)
    campaigns = run_campaigns(setting, people)
    surveys, survey_truth = make_surveys(setting, people, history)
    leads = make_leads(setting, people)
    articles = make_articles(setting, items)
    interviews = make_interviews(setting)
    return {
        "customers": people,
        "employees": staff | choose_for_training(setting, staff, interactions),
        "contracts": make_contracts(setting, people, history),
        "transactions": make_purchases(setting, people, history, campaigns),
        "contacts": make_contacts(people, history, campaigns),
        "leads": leads,
        "offers": make_offers(setting, people, leads),
        "interactions": interactions,
        "complaints": make_complaints(setting, people, history, interactions),
        "surveys": surveys,
        "survey_truth": survey_truth,
        "knowledge_items": items,
        "codings": make_codings(setting, items),
        "queries": make_queries(setting, items),
        "access_log": make_access_log(setting, staff, interactions, items),
        "exports": make_exports(setting),
        "identities": make_identities(setting, people),
        "interviews": interviews,
        "transcripts": make_transcripts(setting, interviews),
        "need_rankings": make_need_rankings(setting, people, staff, history),
        "beliefs": make_beliefs(setting, staff, history, survey_truth),
        "ideas": make_ideas(setting, people, staff),
        "referrals": make_referrals(setting, people, history),
        "forum": make_forum(setting, people, history),
        "articles": articles,
        "quiz": make_quiz(setting, people, staff, articles),
        "problems": _problems(setting, people, history),
        "history": {"alive": history.alive, "mood": history.mood, "hazard": history.hazard},
    }


def _problems(setting, people, history):
    """The problems that customers really met and could not solve alone; all of it sealed."""
    rows = np.flatnonzero(history.problems["met"])
    met = {key: column[rows] for key, column in history.problems.items()}
    return met | {
        "problem_id": setting.ids(len(rows)),
        "customer_id": people["customer_id"][met["customer"]],
        "ts": moment(met["when"]),
        "need_id": met["need"] + 1,
        "severity": np.round(met["severity"], 4),
    }
