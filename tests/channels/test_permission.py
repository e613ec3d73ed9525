"""Google's permission: a token while it holds, and one sentence where it does not."""

import json
from collections.abc import Iterator

import pytest

from tests.mail.authority import Authority
from tests.mail.google_desk import REVOKED, UNKNOWN_APP, GoogleDesk
from toolkit.channels.channel import ChannelStopped
from toolkit.channels.permission import TOKEN_URI, OAuthToken, is_client_file, permission_in
from toolkit.errors import ConfigError


@pytest.fixture
def desk(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDesk]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    with GoogleDesk(authority) as desk:
        yield desk


def written(desk: GoogleDesk) -> str:
    return permission_in(json.dumps(desk.permission), "yagmail.json")


def test_a_token_is_got_once_while_it_is_good_and_kept(desk: GoogleDesk) -> None:
    kept: list[str] = []
    permission = OAuthToken(lambda: written(desk), kept.append)
    assert [permission.token(), permission.token()] == ["ya29.token-1"] * 2
    (asked,) = desk.asked
    assert (asked["grant_type"], asked["refresh_token"]) == ("refresh_token", "1//refresh")
    (again,) = kept
    assert OAuthToken(lambda: again, pytest.fail).token() == "ya29.token-1"
    assert len(desk.asked) == 1


def test_a_token_that_has_run_out_is_got_anew(desk: GoogleDesk) -> None:
    desk.lasts = 1
    kept: list[str] = []
    permission = OAuthToken(lambda: written(desk), kept.append)
    assert [permission.token(), permission.token()] == ["ya29.token-1", "ya29.token-2"]
    assert OAuthToken(lambda: kept[-1], kept.append).token() == "ya29.token-3"
    assert OAuthToken(lambda: kept[-1], kept.append).token() == "ya29.token-4"


@pytest.mark.parametrize(
    ("answer", "what", "why"),
    [
        (REVOKED, "permission holds no longer", "withdrawn, or has run out"),
        (UNKNOWN_APP, "does not accept the app", "invalid_client"),
        ((403, {"error": "restricted_client"}), "does not accept the app", "restricted_client"),
    ],
)
def test_what_google_no_longer_gives_is_told(
    desk: GoogleDesk, answer: tuple[int, dict[str, str]], what: str, why: str
) -> None:
    desk.answer = answer
    with pytest.raises(ChannelStopped, match=what) as stop:
        OAuthToken(lambda: written(desk), pytest.fail).token()
    assert why in stop.value.why
    assert "connect mail --google" in stop.value.next_step
    assert stop.value.waits == ()
    for secret in ("1//refresh", "app-secret"):
        assert secret not in str(stop.value)


def test_a_desk_that_is_not_there_or_not_trusted_is_waited_for(
    desk: GoogleDesk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(ChannelStopped, match="cannot be reached") as stop:
        OAuthToken(lambda: written(desk), pytest.fail).token()
    assert desk.asked == []
    with GoogleDesk(authority) as gone:
        pass
    with pytest.raises(ChannelStopped, match="cannot be reached") as stop:
        OAuthToken(lambda: written(gone), pytest.fail).token()
    assert len(stop.value.waits) == 4


WHOLE = {"client_id": "app", "client_secret": "app-secret", "refresh_token": "1//r"}


def test_googles_own_file_and_yagmails_are_read_alike() -> None:
    yagmails = {"email_address": "juma@gmail.com"} | {f"google_{name}": one for name, one in WHOLE.items()}
    own, other = (permission_in(json.dumps(one), "x.json") for one in (WHOLE, yagmails))
    assert json.loads(own) == json.loads(other)
    assert json.loads(own)["token_uri"] == TOKEN_URI


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON object"),
        ("[]", "no JSON object"),
        ("{}", "no client_id"),
        (json.dumps({**WHOLE, "refresh_token": ""}), "no refresh_token"),
        (json.dumps({**WHOLE, "client_secret": 7}), "no client_secret"),
        (json.dumps({**WHOLE, "token_uri": "http://localhost/token"}), "no https address"),
    ],
)
def test_a_file_without_a_permission_is_refused(text: str, why: str) -> None:
    with pytest.raises(ConfigError, match="holds no permission") as refused:
        permission_in(text, "x.json")
    assert why in refused.value.why


def test_what_was_kept_and_changed_by_hand_is_refused_before_anybody_is_asked() -> None:
    for text in ("", "{}", json.dumps({**WHOLE, "token_uri": "http://localhost/token"})):
        with pytest.raises(ConfigError, match="mail_permission holds no permission"):
            OAuthToken(lambda text=text: text, pytest.fail).token()  # type: ignore[misc]  # bound now


def test_a_client_file_is_known_by_its_shape() -> None:
    assert is_client_file('{"installed": {"client_id": "app"}}', "x.json")
    assert not is_client_file(json.dumps(WHOLE), "x.json")


def test_a_permission_is_never_shown() -> None:
    assert "refresh" not in repr(OAuthToken(lambda: json.dumps(WHOLE), pytest.fail))
