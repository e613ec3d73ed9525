"""Trust in the tests' own authority, without what is needed to make one."""

import ssl


def trusting(authority: str) -> ssl.SSLContext:
    """As verified_tls, but for whom it trusts."""
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
