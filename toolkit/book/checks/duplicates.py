"""Clients who may be one, and addresses that are probably not meant."""

from typing import TYPE_CHECKING

from toolkit.book.parse.domains import Domains, domain_of
from toolkit.book.parse.suggest import Neighbours
from toolkit.book.tab import TabContents
from toolkit.book.tabs.clients import Client

if TYPE_CHECKING:
    from toolkit.book.problem import Problem


class Duplicates:
    """The clients held against each other; what is odd is gathered.

    Args:
        found: what the Clients tab held.
    """

    def __init__(self, found: TabContents[Client]) -> None:
        self.problems: list[Problem] = []
        self._found = found
        self._clients = found.records
        self._tell_strangers()
        self._tell_shared("email", "same-address")
        self._tell_shared("phone", "same-phone")
        self._tell_names()
        self._tell_domains()

    def _tell_at(self, client: Client, column: str, code: str, **values: str) -> None:
        self.problems.append(self._found.problem(client.row, column, code, **values))

    def _tell_strangers(self) -> None:
        """Whoever a client shares something with is a client too."""
        known = frozenset(client.number for client in self._clients)
        strange = [(one, given) for one in self._clients for given in one.shares_with if given not in known]
        near = Neighbours(known if strange else ())
        for client, given in strange:
            proposal = near.likely(given)
            code = "referrer-unknown-near" if proposal else "referrer-unknown"
            self._tell_at(client, "shares_with", code, given=given, proposal=proposal)

    def _tell_shared(self, column: str, code: str) -> None:
        """What two clients have in common is told at the second, unless one of the rows says that they share it."""
        having: dict[str, _Sharers] = {}
        for client in self._clients:
            given = getattr(client, column).casefold()
            before = having.setdefault(given, _Sharers(client)) if given else None
            if before and not before.know(client):
                self._tell_at(client, column, code, given=given, other=before.first.number)

    def _tell_names(self) -> None:
        """The same name is no proof: it is told only where nothing else tells the two apart."""
        first: dict[str, Client] = {}
        for client in self._clients:
            name = " ".join(sorted(client.name.casefold().split()))
            if name and first.setdefault(name, client) is not client and _may_be_one(client, first[name]):
                self._tell_at(client, "name", "same-name", given=client.name, other=first[name].number)

    def _tell_domains(self) -> None:
        domains = Domains([client.email for client in self._clients if client.email])
        for client in self._clients:
            odd = domains.suspicion(domain_of(client.email)) if client.email else None
            if odd:
                proposal = f"{client.email.rpartition('@')[0]}@{odd.meant}"
                self._tell_at(client, "email", odd.code, given=client.email, proposal=proposal)


class _Sharers:
    """Those who have the same phone or address, and with whom they say that they share it."""

    def __init__(self, first: Client) -> None:
        self.first = first
        self._numbers = {first.number}
        self._named = set(first.shares_with)

    def know(self, client: Client) -> bool:
        """Whether this one is among them, or is named by one of them, or names one; from now on it is among them."""
        mine = {client.number, *client.shares_with}
        is_known = client is self.first or client.number in self._named or not self._numbers.isdisjoint(mine)
        self._numbers.add(client.number)
        self._named.update(client.shares_with)
        return is_known


def _may_be_one(one: Client, other: Client) -> bool:
    """Whether no address, phone, birthday or place that both have tells them apart; a shared one is told by itself."""
    pairs = (
        (one.email, other.email),
        (one.phone, other.phone),
        (one.birthday, other.birthday),
        (one.address, other.address),
    )
    return not any(mine and theirs for mine, theirs in pairs)
