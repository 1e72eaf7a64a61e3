"""The service calls nobody nearer than the public internet, however the address is written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.public_addresses import check_url, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- an address to refuse, nothing listens there.
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:0001::",
        "2002:0a00:0001::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "not an address",
        "",
    ],
)
def test_nearer_addresses_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_carried_in_another_is_judged_alike(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    carried = ipaddress.IPv6Address((0xFFFF << 32) | number)
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number)
    assert is_public(str(carried)) == is_public(str(translated)) == is_public(str(address))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("https://cases.example.org/hook", "", id="right"),
        pytest.param("https://cases.example.org:8443/hook?tenant=1", "", id="port-and-query"),
        pytest.param("http://cases.example.org/hook", "https", id="plain"),
        pytest.param("ftp://cases.example.org", "https", id="other-scheme"),
        pytest.param("https://user:word@cases.example.org", "passwords", id="password"),
        pytest.param("https://cases.example.org/#part", "#", id="fragment"),
        pytest.param("https://127.0.0.1/hook", "public", id="loopback"),
        pytest.param("https://[::1]/hook", "public", id="loopback-v6"),
        pytest.param("https:///hook", "no address", id="no-host"),
        pytest.param("https://[::1/hook", "no address", id="broken"),
        pytest.param("https://example.org:99999/", "no address", id="no-port"),
        pytest.param("https://exa mple.org/", "no address", id="space"),
        pytest.param("hook", "no address", id="a-word"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, words: str) -> None:
    found = check_url(url, allow_private=False)
    assert words in found
    assert bool(words) is bool(found)


def test_ones_own_network_can_be_allowed() -> None:
    assert check_url("http://127.0.0.1:9000/hook", allow_private=True) == ""
    assert check_url("ftp://127.0.0.1/hook", allow_private=True)
