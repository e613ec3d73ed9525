"""The shape in which requests and answers go over the wire."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""One object of a request or an answer."""
