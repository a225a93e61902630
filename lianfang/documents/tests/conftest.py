import pytest

from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return load_scheme("cnas-2012")
