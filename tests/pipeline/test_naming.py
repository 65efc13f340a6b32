from pathlib import Path

import pytest

from detente.errors import PairError
from detente.pipeline.naming import named_pair
from detente.pipeline.workspace import init


def test_states_are_named_in_any_way() -> None:
    assert named_pair("China", "United States") == ("CHN", "USA")


@pytest.mark.parametrize("second", ["USA", "United States"], ids=["same word", "other word"])
def test_one_state_is_no_pair(second: str, tmp_path: Path) -> None:
    with pytest.raises(PairError, match="name two different states"):
        named_pair("USA", second)
    with pytest.raises(PairError, match="are both USA"):
        init(tmp_path / "study", ("USA", second))
    assert not (tmp_path / "study").exists()
