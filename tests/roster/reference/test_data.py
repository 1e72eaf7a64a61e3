import gzip
import json
from importlib import resources

import pytest

from roster.reference.loading import FOLDER, load

FILES = sorted(entry.name for entry in (resources.files("roster.reference") / "data").iterdir())
SMALL_ENOUGH = 2_500_000


@pytest.mark.parametrize("name", FILES)
def test_every_list_says_where_it_comes_from_and_when(name: str) -> None:
    raw = (FOLDER / name).read_bytes()
    content = json.loads(gzip.decompress(raw) if name.endswith(".gz") else raw)
    assert isinstance(content["source"], str)
    assert any(year in content["source"] for year in ("2021", "2025", "2026", "CLDR 47"))
    assert load(name.split(".", maxsplit=1)[0])


def test_the_package_data_stay_small() -> None:
    assert sum(len((FOLDER / name).read_bytes()) for name in FILES) < SMALL_ENOUGH
    assert len((FOLDER / "world.json.gz").read_bytes()) < 250_000


@pytest.mark.parametrize("name", FILES)
def test_the_readme_lists_every_file(name: str) -> None:
    readme = (resources.files("roster.reference") / "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in readme
