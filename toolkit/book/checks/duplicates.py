"""Clients who may be one person, and addresses that are probably wrong."""

from typing import TYPE_CHECKING

from toolkit.book.parse.domains import Domains, domain_of
from toolkit.book.parse.suggest import Neighbours
from toolkit.book.tab import TabContents
from toolkit.book.tabs.clients import Client

if TYPE_CHECKING:
    from toolkit.book.problem import Problem


class Duplicates:
    """Compares the clients with each other and gathers problems.

    Args:
        contents: the Clients tab.
    """

    def __init__(self, contents: TabContents[Client]) -> None:
        self.problems: list[Problem] = []
        self._contents = contents
        self._clients = contents.records
        self._tell_strangers()
        self._tell_shared("email", "same-address")
        self._tell_shared("phone", "same-phone")
        self._tell_names()
        self._tell_domains()

    def _tell_at(self, client: Client, column: str, code: str, **values: str) -> None:
        self.problems.append(self._contents.problem(client.row, column, code, **values))

    def _tell_strangers(self) -> None:
        """Add a problem for each number under Shares with that is no client's."""
        known = frozenset(client.number for client in self._clients)
        strange = [(client, given) for client in self._clients for given in client.shares_with if given not in known]
        near = Neighbours(known if strange else ())
        for client, given in strange:
            proposal = near.likely(given)
            code = "referrer-unknown-near" if proposal else "referrer-unknown"
            self._tell_at(client, "shares_with", code, given=given, proposal=proposal)

    def _tell_shared(self, column: str, code: str) -> None:
        """Add a problem for an address or phone of two clients."""
        sharers: dict[str, _Sharers] = {}
        for client in self._clients:
            given = getattr(client, column).casefold()
            before = sharers.setdefault(given, _Sharers(client)) if given else None
            if before and not before.include(client):
                self._tell_at(client, column, code, given=given, other=before.first.number)

    def _tell_names(self) -> None:
        """Add a hint for two clients of one name."""
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
    """The clients with one phone or address."""

    def __init__(self, first: Client) -> None:
        self.first = first
        self._numbers = {first.number}
        self._named = set(first.shares_with)

    def include(self, client: Client) -> bool:
        """Add a client, and return True if it was expected."""
        mine = {client.number, *client.shares_with}
        is_linked = client is self.first or client.number in self._named or not self._numbers.isdisjoint(mine)
        self._numbers.add(client.number)
        self._named.update(client.shares_with)
        return is_linked


def _may_be_one(client: Client, other: Client) -> bool:
    """True if nothing that both have tells them apart."""
    pairs = (
        (client.email, other.email),
        (client.phone, other.phone),
        (client.birthday, other.birthday),
        (client.address, other.address),
    )
    return not any(mine and theirs for mine, theirs in pairs)
