"""What every test stands on: a clean cache, one language, and a folder that goes away."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium")


def pytest_unconfigure() -> None:
    """Remove the data folder that the test settings made for this run."""
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    if folder.name.startswith("recruitadvisor-test-"):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies under ``browser/``; without Chromium skip it at home and fail in the check."""
    for item in items:
        if "browser" not in Path(item.path).parts:
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="no Chromium; install Debian's chromium"))


@pytest.fixture(autouse=True)
def _nothing_left_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    from django.core.cache import cache
    from django.utils import translation

    yield
    cache.clear()
    translation.deactivate()
