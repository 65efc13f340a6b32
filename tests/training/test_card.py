from collections.abc import Callable
from copy import deepcopy
from types import ModuleType
from typing import Any

import pytest

Load = Callable[[str], ModuleType]
RESULTS: dict[str, Any] = {
    "model": {"bytes": 23302014, "sha256": "ab" * 32},
    "sets": {
        "aw_train.dev": {
            "rows": 369,
            "no_event_read": 12,
            "binary_macro_f1": 0.7254,
            "interval": {"binary_macro_f1": [0.7, 0.75]},
            "confusions": {"binary": [{"gold": "CONF", "said": "-", "rows": 9}]},
            "baselines": {
                "majority class": {
                    "binary_macro_f1": 0.466,
                    "interval": {"binary_macro_f1": [0.4, 0.5]},
                }
            },
        }
    },
    "speed": {
        "sentences_per_second": 120.5,
        "sentences_per_cpu_second": 62.0,
        "processes": 2,
        "peak_megabytes_per_process": 259,
        "share_of_sentences_skipped": 0.72,
    },
}


def test_every_figure_is_in_the_tables(training: Load) -> None:
    page = training("card").rendered(RESULTS)
    assert "| pairs | 0.725 (0.700 to 0.750) |" in page
    assert "| majority class | 0.466 (0.400 to 0.500) |" in page
    assert "In 12 rows" in page
    assert "CONF not read 9x" in page
    assert "23,302,014 bytes" in page
    assert "120.5 sentences a second" in page


def test_another_figure_makes_another_page(training: Load) -> None:
    other = deepcopy(RESULTS)
    other["sets"]["aw_train.dev"]["binary_macro_f1"] = 0.7
    card = training("card")
    assert card.rendered(other) != card.rendered(RESULTS)


def test_figures_stand_between_the_markers(training: Load) -> None:
    card = training("card")
    page = f"Before.\n{card.BEGIN}\nold\n{card.END}\nAfter.\n"
    written = card.with_figures(page, "new")
    assert card.figures_in(written) == "new"
    assert written.startswith("Before.\n")
    assert written.endswith("After.\n")
    assert card.with_figures(written, "new") == written


def test_a_page_without_markers_is_refused(training: Load) -> None:
    with pytest.raises(ValueError, match="substring not found"):
        training("card").with_figures("No markers.", "new")
