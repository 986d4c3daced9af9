"""Pictures of what the metrics return: they draw and say what is seen, and compute nothing.

Every function returns a :class:`ckmlab.views.Picture`: its title is the finding, its ``alt`` says
the numbers to those who cannot see it.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "accumulation": "ckmlab.plots.curves",
        "iceberg": "ckmlab.plots.ladders",
        "overlap": "ckmlab.plots.lists",
        "saturation": "ckmlab.plots.curves",
        "three_lenses": "ckmlab.plots.lenses",
        "agreement_heatmap": "ckmlab.plots.agreement",
        "type_mix": "ckmlab.plots.mix",
        "type_flow": "ckmlab.plots.flow",
    },
)
