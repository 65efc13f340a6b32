import numpy as np
import pytest
from scipy import special

from detente.measures.intervals import trigamma


@pytest.mark.parametrize("low", [1e-3, 1.0, 100.0])
def test_trigamma_is_that_of_scipy(low: float) -> None:
    x = np.geomspace(low, 1000 * low, 500)
    assert trigamma(x) == pytest.approx(special.polygamma(1, x), rel=1e-12)
