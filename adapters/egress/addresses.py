"""Which addresses are outside, whatever a name or a form of writing makes of them."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Addresses that pass for global ones: of the machine that hosts this one, or with another within.
PRETENDERS = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # of a cloud, to its guests
        "192.0.0.0/24",  # protocols, and the metadata of another cloud
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # Teredo and other protocols
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
UNICAST = ip_network("2000::/3")


def is_outside(written: str) -> bool:
    """Of an address as the operating system writes it; what is no address is not outside."""
    try:
        address = ip_address(written)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return _is_public(mapped) if mapped else address in UNICAST and _is_public(address)
    return _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    if special or not address.is_global:
        return False
    return not any(address in network for network in PRETENDERS)
