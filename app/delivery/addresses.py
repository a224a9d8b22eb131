"""Which addresses a webhook may reach: public ones, and those that OUTBOUND_ALLOW names.

Every address that a host name resolves to must pass, and the connection goes to the address that was checked, so a name
that changes its mind in between (DNS rebinding) gains nothing.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")


class Unreachable(Exception):
    """The address must not be reached, or its name cannot be resolved; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A checked receiver: connect to `address`, speak to `host`."""

    scheme: str
    host: str
    address: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """Return the value of the Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _default_port(self.scheme) else f"{name}:{self.port}"


def check(url: str, allowed: Iterable[str] = ()) -> Target:
    """Resolve and check a receiver's URL; raise `Unreachable`.

    Plain http is accepted only for a receiver that `allowed` names: a machine of one's own.
    """
    parts = split(url)
    port = parts.port or _default_port(parts.scheme)
    host = str(parts.hostname)
    addresses = _resolve(host, port)
    is_own = all(_is_named(host, address, port, allowed) for address in addresses)
    if not is_own:
        for address in addresses:
            if not is_public(address):
                raise Unreachable(f"{host} is a private address")
        if parts.scheme != "https":
            raise Unreachable("the address must begin with https://")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, address=str(addresses[0]), port=port, path=path)


def split(url: str) -> SplitResult:
    """Return the parts of a usable URL; raise `Unreachable` for anything that is not one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unreachable("this is not a web address") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise Unreachable("this is not a web address")
    if parts.username is not None or parts.password is not None:
        raise Unreachable("the address must not carry a name or a password")
    if any(ord(character) <= 32 or ord(character) == 127 for character in url):
        raise Unreachable("this is not a web address")
    return parts


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public Internet; forms that wrap another address are unwrapped."""
    if isinstance(address, IPv6Address):
        inner = _unwrapped(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _unwrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64 or address in _NAT64_LOCAL:  # is_global calls these public whatever is inside
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _resolve(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"the name {host} cannot be found") from None
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _is_named(host: str, address: Address, port: int, allowed: Iterable[str]) -> bool:
    return any(_matches(entry, host, address, port) for entry in allowed)


def _matches(entry: str, host: str, address: Address, port: int) -> bool:
    name, colon, wanted_port = entry.rpartition(":")
    if colon and wanted_port.isdigit() and (":" not in name or name.endswith("]")):
        return port == int(wanted_port) and _matches(name.strip("[]"), host, address, port)
    try:
        network = ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return entry.lower() == host.lower()
    return address in network


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
