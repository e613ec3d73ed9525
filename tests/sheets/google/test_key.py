import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.sheets_server.server import SheetsServer
from toolkit.errors import SecretMissing
from toolkit.sheets.google.account_key import read_key


def test_a_good_key_says_with_whom_to_share(server: SheetsServer) -> None:
    key = read_key(json.dumps(server.account()), "key.json")

    assert (key.account, key.project) == (server.email, "shop-123456")
    assert "PRIVATE KEY" not in repr(key)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: {"installed": {"client_id": "1"}}, "secret of an OAuth app"),
        (lambda _: {"web": {}}, "secret of an OAuth app"),
        (lambda key: {**key, "type": "authorized_user"}, "somebody's own log-in"),
        (lambda _: {"hello": 1}, "not the key of a service account"),
        (lambda key: [key], "no key of Google's"),
        (lambda key: {**key, "client_email": " "}, "client_email is missing"),
        (lambda key: {name: value for name, value in key.items() if "key" not in name}, "private_key is missing"),
        (lambda key: {**key, "private_key": key["private_key"][:300]}, "damaged"),
    ],
)
def test_what_is_no_key_is_told_for_what_it_is(
    server: SheetsServer, spoil: Callable[[dict[str, Any]], object], why: str
) -> None:
    with pytest.raises(SecretMissing) as told:
        read_key(json.dumps(spoil(server.account())), "key.json")

    assert why in told.value.why
    assert "connect google --key" in told.value.next_step
    assert "BEGIN" not in str(told.value)


def test_a_file_that_is_no_json_is_told() -> None:
    with pytest.raises(SecretMissing, match=r"key\.json"):
        read_key("-----BEGIN PRIVATE KEY-----", "key.json")
