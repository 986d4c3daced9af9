"""Classify: sort knowledge items into about, for and from, and know how well that went.

* What is there: :func:`type_mix`, :func:`balance`, :func:`neglect_index`.
* Who makes it and who uses it: :func:`type_flow`, :func:`mark_conformance`, :func:`conformance`,
  :func:`cramers_v`.
* Do coders agree: :func:`ratings_table`, :func:`confusion_table`, :func:`percent_agreement`,
  :func:`cohen_kappa`, :func:`scott_pi`, :func:`fleiss_kappa`, :func:`gwet_ac1`,
  :func:`krippendorff_alpha`.
  How many items must both code: :func:`items_to_double_code`.
* What the mix would be without coding errors: :func:`correct_mix`,
  :func:`prediction_powered_mix`.
* By which rules: :class:`Codebook`. By machine: :func:`train_classifier`.
* In which of the five styles a firm works: :func:`style_features`, :func:`cluster_styles`,
  :func:`style_agreement`.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "balance": "ckmlab.classify.mix",
        "neglect_index": "ckmlab.classify.mix",
        "type_mix": "ckmlab.classify.mix",
        "conformance": "ckmlab.classify.flow",
        "cramers_v": "ckmlab.classify.flow",
        "mark_conformance": "ckmlab.classify.flow",
        "type_flow": "ckmlab.classify.flow",
        "correct_mix": "ckmlab.classify.correction",
        "cohen_kappa": "ckmlab.classify.kappa",
        "fleiss_kappa": "ckmlab.classify.kappa",
        "gwet_ac1": "ckmlab.classify.kappa",
        "scott_pi": "ckmlab.classify.kappa",
        "confusion_table": "ckmlab.classify.agreement",
        "percent_agreement": "ckmlab.classify.agreement",
        "krippendorff_alpha": "ckmlab.classify.alpha",
        "items_to_double_code": "ckmlab.classify.planning",
        "prediction_powered_mix": "ckmlab.classify.prediction",
        "Codebook": "ckmlab.classify.codebook",
        "ClassifierResults": "ckmlab.classify.performance",
        "train_classifier": "ckmlab.classify.classifier",
        "cluster_styles": "ckmlab.classify.styles",
        "style_agreement": "ckmlab.classify.styles",
        "style_features": "ckmlab.classify.styles",
        "ratings_table": "ckmlab.classify.ratings",
    },
)
