"""Where the sets lie that are read and never copied, and where figures are written."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""A folder beside the repository; most machines have none."""

GOLD = SHARED / "gold"
"""Sentences coded by others."""

KEY = SHARED / "acceptance"
"""Documents coded after the codebook, and their scorer."""

TEXTS = SHARED / "data" / "texts"
"""What two governments published."""

EXAMPLES = ROOT / "examples" / "us-china" / "documents"
RESULTS = ROOT / "training" / "results.json"
PAGE = ROOT / "docs" / "reference" / "coders.md"
