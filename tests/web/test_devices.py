"""Whoever looks where she is signed in reads the name of a device, not what its browser sends."""

import pytest

from web.devices import device_words
from web.tongues import tongue_of

BEGIN = "Mozilla/5.0 "


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        pytest.param(f"{BEGIN}(X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox sous Linux"),
        pytest.param(
            f"{BEGIN}(Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge sous Windows",
        ),
        pytest.param(
            f"{BEGIN}(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari sous iPhone",
        ),
        pytest.param("payroll/2.1", "payroll/2.1", id="no browser"),
        pytest.param("", "appareil inconnu", id="silent"),
    ],
)
def test_a_device_has_the_name_that_people_use(agent: str, words: str) -> None:
    assert device_words(tongue_of("fr"), agent) == words
