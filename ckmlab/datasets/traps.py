"""The planted traps, in words: what a naive analyst concludes, what is true, what helps.

The sizes are measured by ``benchmarks/company_traps.py``; the data card quotes them.
"""

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["TRAPS", "Trap"]


@dataclass(frozen=True)
class Trap:
    """One planted phenomenon.

    Parameters
    ----------
    naive : str
        What someone concludes who does not know of it.
    truth : str
        What holds.
    remedy : str
        Which analysis gets there.
    """

    naive: str
    truth: str
    remedy: str


TRAPS = MappingProxyType(
    {
        "nonresponse": Trap(
            "The survey's respondents give a handsome Net Promoter Score: customers love us.",
            "Satisfied customers answer more readily; over all customers the score is about zero.",
            "Follow up a random part of the silent ones (double sampling). Weighting by observed "
            "columns does not help, since what decides is the satisfaction itself; neither does "
            "multiplying the score by the response rate.",
        ),
        "silent_complaints": Trap(
            "Multiply the complaints by 26 ('one in 27 complains'): applied to the registered "
            "complaints this gives more unhappy customers than there are customers.",
            "Whether a problem is voiced depends on its weight and on the segment; the famous "
            "ratio is about letters to headquarters.",
            "Invert the evidence ladder with articulation and registration rates by segment.",
        ),
        "channel_dependence": Trap(
            "Two lists of complainants, the desk's and the forum's, overlap strongly: Lincoln-"
            "Petersen finds that nearly everyone has been heard.",
            "Heavy problems reach both lists, so the overlap is too large and the total too low.",
            "A third list of another kind (the survey) and a log-linear model with an interaction.",
        ),
        "survivorship": Trap(
            "Retention and mean satisfaction rise year by year: our loyalty work pays.",
            "No customer's own churn probability changes; the unhappy leave first.",
            "Follow one cohort and model the mixture (shifted-beta-geometric).",
        ),
        "confounding": Trap(
            "Contacts in which agents used the knowledge base are solved less often: it harms.",
            "Agents look things up in the tricky cases; looking up adds eight points.",
            "Compare within levels of difficulty and standardise.",
        ),
        "vocal_minority": Trap(
            "The forum shows what customers need.",
            "A few talkative lead users write most posts, and their needs are not typical.",
            "Weight by the propensity to post, or count needs in interviews.",
        ),
        "targeting": Trap(
            "Customers who got the campaign spend far more than the others: it works.",
            "The campaign went to those who were loyal anyway; its own effect is small.",
            "Compare the exposed with the randomised holdout among the targeted.",
        ),
        "drift": Trap(
            "The classifier that was trained on the first years is good.",
            "The app was relaunched at the start of year 5: words, topics and weights of problems "
            "changed.",
            "Split by time: try the classifier on the first year that it has not seen. Watch the "
            "population stability, retrain.",
        ),
        "coder_error": Trap(
            "The mix of coded types is the mix of types.",
            "Coders confuse types, and the confusion is not symmetric.",
            "Measure the confusion on a doubly coded sample with known labels and invert it.",
        ),
        "mixed_identity": Trap(
            "Records that do not match are different people.",
            "Names, mails and postcodes are misspelt between channels, so that matches are lost "
            "and the estimated total of people is too high.",
            "Link records with tolerance and carry the linkage error through.",
        ),
        "regression_to_mean": Trap(
            "The weakest agents were trained and improved: the training works.",
            "They were chosen after a bad quarter, and half of them only waited; both improved "
            "alike.",
            "Compare the change with that of the waiting list.",
        ),
    }
)
