"""Which language a text is in."""

import pytest

from detente.text.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The two governments agreed to hold another round of talks.", "en"),
        ("Die beiden Regierungen vereinbarten eine weitere Runde.", "de"),
        ("双方同意继续保持高层沟通，推动两国关系稳定发展，共同应对全球挑战。", "zh"),
        ("Les deux gouvernements ont décidé de poursuivre le dialogue.", "fr"),
        ("Yes.", "und"),
        ("1234567890 1234567890 1234567890", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert language_of(text) == code
