"""What every answer tells browsers: to run nothing, show it nowhere and keep nothing."""

Headers = tuple[tuple[bytes, bytes], ...]

POLICY = (
    b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
ALWAYS: Headers = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

TWO_YEARS = 63_072_000
HTTPS_ONLY = (b"strict-transport-security", f"max-age={TWO_YEARS}; includeSubDomains".encode())


def security_headers(public_url: str) -> Headers:
    """Whoever is reached by HTTPS wants to be reached by nothing else."""
    return (*ALWAYS, HTTPS_ONLY) if public_url.startswith("https://") else ALWAYS
