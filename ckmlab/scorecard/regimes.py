"""The comparison of KM, CRM and CKM made computable: one measure for each cell.

Gibbert, Leibold and Probst (2002) compare the three regimes in words. Computed side by side for
one firm, the measures tell which of the regimes it practises. They are proposals of this
laboratory, not of the authors.
"""

from ckmlab.concentration import gini
from ckmlab.intervals import ratio
from ckmlab.scorecard import cells
from ckmlab.scorecard.captives import captivity
from ckmlab.scorecard.goals import known_share
from ckmlab.scorecard.measure import Measure
from ckmlab.share import link_rate, reinvention_rate, reuse_rate
from ckmlab.transfer import normalised_gain

__all__ = ["regime_measures"]

TERMS = ["customer_id", "renewal_no", "end", "renewed"]  # tell until when a customer was watched


def regime_measures(*, scale=(1, 10)):
    """The measures of the comparison table, row by row.

    Parameters
    ----------
    scale : tuple of float, default (1, 10)
        Lowest and highest point of the satisfaction question ``surveys.cusa1``.

    Returns
    -------
    list of Measure
        Some need tables that few firms keep; the scorecard then says so.

    Examples
    --------
    >>> len(regime_measures())
    30
    """
    return [
        *_sought(),
        *_axiom(),
        *_rationale(),
        *_objectives(),
        *_metrics(),
        *_benefits(),
        *_incentives(),
        *_customer_role(scale),
        *_corporate_role(),
        *_business_objectives(),
    ]


def _sought():
    def share_of(origin):
        return lambda knowledge_items: cells.share(knowledge_items.origin == origin)

    return [
        Measure(
            "Knowledge sought in",
            f"items from the {origin}",
            {"knowledge_items": ["origin"]},
            share_of(origin),
            lens,
        )
        for lens, origin in (("KM", "employee"), ("CRM", "database"), ("CKM", "customer"))
    ]


def _axiom():
    return [
        Measure(
            "Axiom",
            "re-invention rate",
            {"interactions": ["item_existed", "kb_item_id", "resolved"]},
            lambda interactions: reinvention_rate(interactions),
            "KM",
        ),
        Measure(
            "Axiom",
            "cost of a saved over cost of an acquired margin-year",
            {"costs": ["purpose", "cost", "margin_years"]},
            cells.retention_ratio,
            "CRM",
            "ratio",
        ),
        Measure(
            "Axiom",
            "needs customers hold that we have not heard",
            {"interviews": ["interview_id", "need_label"]},
            lambda interviews: cells.complement(known_share(interviews)),
            "CKM",
        ),
    ]


def _rationale():
    return [
        Measure(
            "Rationale",
            "link rate",
            {"interactions": ["kb_item_id", "resolved"]},
            lambda interactions: link_rate(interactions),
            "KM",
        ),
        Measure(
            "Rationale",
            "lift of the response model in its best tenth",
            {"leads": ["score_model", "converted"]},
            cells.lift,
            "CRM",
            "ratio",
        ),
        Measure(
            "Rationale",
            "adopted ideas that customer and employee had together",
            {"ideas": ["customer_id", "employee_id", "adopted"]},
            lambda ideas: cells.share(
                (ideas.customer_id.notna() & ideas.employee_id.notna())[ideas.adopted.astype(bool)]
            ),
            "CKM",
        ),
    ]


def _objectives():
    return [
        Measure(
            "Objectives",
            "median minutes with an item over without",
            {"interactions": ["duration_min", "kb_item_id", "resolved"]},
            cells.time_ratio,
            "KM",
            "ratio",
        ),
        Measure(
            "Objectives",
            "net revenue retention, last full year",
            {"transactions": ["customer_id", "date", "units", "price"], "contracts": TERMS},
            cells.revenue_retention,
            "CRM",
        ),
        Measure(
            "Objectives",
            "adopted ideas that came from customers",
            {"ideas": ["origin", "adopted"]},
            lambda ideas: cells.share((ideas.origin == "customer")[ideas.adopted.astype(bool)]),
            "CKM",
        ),
    ]


def _metrics():
    return [
        Measure(
            "Metrics",
            "actual over budget",
            {"budgets": ["actual", "budget"]},
            lambda budgets: ratio(budgets.actual, budgets.budget),
            "KM",
            "ratio",
        ),
        Measure(
            "Metrics",
            "net promoter score of those who answered last",
            {"surveys": ["wave", "nps"]},
            cells.promoters,
            "CRM",
            "points",
        ),
        Measure(
            "Metrics",
            "vitality: last full year's revenue from products under three years",
            {
                "transactions": ["product_id", "date", "units", "price"],
                "products": ["product_id", "launched"],
                "contracts": TERMS,
            },
            cells.vitality,
            "CKM",
        ),
    ]


def _benefits():
    return [
        Measure(
            "Benefits",
            "satisfied after a complaint, with an item less without",
            {
                "complaints": ["interaction_id", "satisfied_after"],
                "interactions": ["interaction_id", "kb_item_id"],
            },
            cells.satisfaction_gain,
            "KM",
            "difference",
        ),
        Measure(
            "Benefits",
            "contracts renewed",
            {"contracts": ["renewed"]},
            lambda contracts: cells.share(contracts.renewed),
            "CRM",
        ),
        Measure(
            "Benefits",
            "what customers learned, of what there was to learn",
            {"quiz": ["customer_id", "pre", "post"]},
            lambda quiz: normalised_gain(*cells.of_customers(quiz)),
            "CKM",
        ),
    ]


def _incentives():
    def yield_of(recipient):
        return lambda incentives: ratio(
            *incentives[incentives.recipient == recipient][["validated", "amount"]].to_numpy().T
        )

    return [
        Measure(
            "Recipient of incentives",
            "validated items per unit of money to employees",
            {"incentives": ["recipient", "amount", "validated"]},
            yield_of("employee"),
            "KM",
            "per money",
        ),
        Measure(
            "Recipient of incentives",
            "new customers per unit of referral reward",
            {"referrals": ["reward", "referred_id"]},
            lambda referrals: ratio(referrals.referred_id.notna(), referrals.reward.fillna(0)),
            "CRM",
            "per money",
        ),
        Measure(
            "Recipient of incentives",
            "validated items per unit of money to customers",
            {"incentives": ["recipient", "amount", "validated"]},
            yield_of("customer"),
            "CKM",
            "per money",
        ),
    ]


def _customer_role(scale):
    return [
        Measure(
            "Role of customer",
            "inequality of contributions (Gini; 1: hardly anybody contributes)",
            {"ideas": ["customer_id"], "customers": ["customer_id"]},
            lambda ideas, customers: gini(
                customers.customer_id.map(ideas.customer_id.value_counts()).fillna(0)
            ),
            "KM",
        ),
        Measure(
            "Role of customer",
            "captivity: unsatisfied among those who answered and renewed",
            {
                "surveys": ["customer_id", "wave", "cusa1"],
                "contracts": ["customer_id", "renewal_no", "renewed"],
            },
            lambda surveys, contracts: captivity(
                *cells.answers_before_renewal(surveys, contracts), scale=scale
            ),
            "CRM",
        ),
        Measure(
            "Role of customer",
            "emancipation: customers with an adopted idea",
            {"ideas": ["customer_id", "adopted"], "customers": ["customer_id"]},
            lambda ideas, customers: cells.share(
                customers.customer_id.isin(ideas.customer_id[ideas.adopted.astype(bool)])
            ),
            "CKM",
        ),
    ]


def _corporate_role():
    return [
        Measure(
            "Corporate role",
            "items opened by others than their author",
            {
                "knowledge_items": ["item_id", "employee_id"],
                "access_log": ["item_id", "employee_id"],
            },
            lambda knowledge_items, access_log: reuse_rate(knowledge_items, access_log),
            "KM",
        ),
        Measure(
            "Corporate role",
            "loyalty scheme's cost per retained customer",
            {"loyalty_scheme": ["cost", "retained"]},
            lambda loyalty_scheme: ratio(loyalty_scheme.cost, loyalty_scheme.retained),
            "CRM",
            "money",
        ),
        Measure(
            "Corporate role",
            "decisions with a customer's knowledge among their evidence",
            {"decisions": ["customer_evidence"]},
            lambda decisions: cells.share(decisions.customer_evidence),
            "CKM",
        ),
    ]


def _business_objectives():
    return [
        Measure(
            "Business objectives",
            "minutes per solved case",
            {"interactions": ["duration_min", "resolved"]},
            lambda interactions: ratio(interactions.duration_min, interactions.resolved),
            "KM",
            "minutes",
        ),
        Measure(
            "Business objectives",
            "margin per customer in the last full year",
            {"transactions": ["customer_id", "date", "margin"], "contracts": TERMS},
            cells.base_margin,
            "CRM",
            "money",
        ),
        Measure(
            "Business objectives",
            "realised value of customers' ideas, per customer",
            {"ideas": ["customer_id", "npv_realised"], "customers": ["customer_id"]},
            cells.value_per_customer,
            "CKM",
            "money",
        ),
    ]
