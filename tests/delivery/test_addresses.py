"""Which addresses a webhook may reach: a table of every trick that has been tried elsewhere."""

import socket

import pytest

from app.delivery.addresses import Unreachable, check

pytestmark = pytest.mark.no_database


@pytest.fixture
def names(monkeypatch):
    """Return a table of host names that resolve without a network; what is not in it resolves as usual."""
    table: dict[str, list[str]] = {}
    resolve = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in table:
            return resolve(host, port, *args, **kwargs)
        return [entry for address in table[host] for entry in resolve(address, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fd00::1]",
        "[fe80::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2002:a00:1::]",
        "[2001:0:5ef5:79fb:0:0:80ff:fffe]",
    ],
)
def test_a_private_address_is_refused_in_every_spelling(host):
    with pytest.raises(Unreachable):
        check(f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
        "https://",
        "https://user:word@93.184.216.34/",
        "https://93.184.216.34:0/",
        "https://93.184.216.34:99999/",
        "https://93.184.216.34/a b",
        "https://93.184.216.34/\r\nX: y",
        "https://[1.2.3.4]/",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(Unreachable):
        check(url)


def test_plain_http_is_refused_for_a_stranger():
    with pytest.raises(Unreachable):
        check("http://93.184.216.34/hook")


def test_one_private_address_among_public_ones_is_enough_to_refuse(names):
    names["mixed.example"] = ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(Unreachable):
        check("https://mixed.example/")


def test_a_public_receiver_is_reached_at_the_address_that_was_checked(names):
    names["crm.example"] = ["93.184.216.34"]

    target = check("https://crm.example:8443/hook?x=1")

    assert (target.address, target.host, target.port, target.path) == (
        "93.184.216.34",
        "crm.example",
        8443,
        "/hook?x=1",
    )
    assert target.host_header == "crm.example:8443"


@pytest.mark.parametrize(
    "entry",
    ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:9000", "localhost", "localhost:9000", "LOCALHOST", "::1,127.0.0.1"],
)
def test_what_outbound_allow_names_may_be_reached(names, entry):
    names["localhost"] = ["127.0.0.1"]

    assert check("http://localhost:9000/", entry.split(",")).address == "127.0.0.1"


@pytest.mark.parametrize("entry", ["127.0.0.1:9001", "10.0.0.0/8", "local", "127.0.0.2", ""])
def test_what_outbound_allow_does_not_name_stays_closed(entry):
    with pytest.raises(Unreachable):
        check("http://127.0.0.1:9000/", [entry])
