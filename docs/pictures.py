"""Draw the README's pictures again: ``python docs/pictures.py``."""

from pathlib import Path

import ckmlab as ckm

IMAGES = Path(__file__).parent / "images"


def main():
    """Write each picture from the shipped company."""
    IMAGES.mkdir(exist_ok=True)
    flow = ckm.classify.type_flow(ckm.datasets.load_company().knowledge_items)
    ckm.plots.type_flow(flow).save(IMAGES / "type-flow.png")


if __name__ == "__main__":
    main()
