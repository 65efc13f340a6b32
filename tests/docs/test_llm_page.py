import re
import tomllib

import pytest

from detente.coding.llm_settings import LlmSettings
from detente.pipeline.llm import ANSWERS
from tests.kit import ROOT

PAGE = (ROOT / "docs/guides/llm-coder.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LlmSettings.model_fields)
def test_every_setting_and_its_default_is_told(name: str) -> None:
    row = re.search(rf"^\| `{name}` \|.*\| ?([^|]*?) ?\|$", PAGE, re.MULTILINE)
    assert row is not None
    default = LlmSettings.model_fields[name].get_default()
    if isinstance(default, int | float):
        assert row.group(1) == f"{default:,g}".replace("1e+06", "1,000,000")


def test_the_table_of_the_page_can_be_used() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert LlmSettings.model_validate(tomllib.loads(text)["llm"]).key_env == "MY_MODEL_KEY"


def test_the_page_says_what_is_sent_and_where_answers_lie() -> None:
    assert "are sent to that endpoint" in PAGE
    assert f"`{ANSWERS}`" in PAGE
