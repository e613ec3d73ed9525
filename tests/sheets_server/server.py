"""A Google Sheets server on loopback for tests, which gspread talks to over real HTTP.

It keeps spreadsheets in memory and holds itself to Google twice: each answer must validate against Google's discovery
document (`strict`, on by default; a fault, or an error in `between`, is raised in the test when the server closes), and
`test_recordings.py` replays recordings of real traffic.

    with SheetsServer() as server:
        book = server.spreadsheet("Shop", {"Clients": [["Client no.", "Name"], ["C001", "Asha"]]})   # People
        key_file = server.account_file(tmp_path / "key.json")       # 0600, token_uri points at the server
        session.mount("https://sheets.googleapis.com", server.detour())   # or rewrite the host to server.url
        with signed_in(server) as client: ...                        # plain gspread on it, see clients.py

Addresses: `server.url` ("http://127.0.0.1:port"; paths as Google's: /v4/spreadsheets/..., /drive/v3/files/..., /token),
`server.email` (the service account), `book.id`, `book.link`.

People at work (all through `book`, see people.py; rows and columns count from 1): `values(tab)`, `shown(tab)`,
`formula(tab, "B1")`, `mark(tab, "A1", "note")`, `lay(tab, grid)`, `type(tab, "B3", "x")`, `sort(tab, column)`,
`insert_rows`, `delete_rows`, `move_rows`, `insert_columns`, `delete_columns`, `rename`, `delete_tab`,
`share(email, role)` ("writer", "reader", "" to shut out), `book.book` is the model itself.

`server.between = lambda seen: book.sort("Clients", 2)` is called before each Sheets request is carried out (`seen` is
the request), so people can work between any two requests; with a reply lost it still is called once a request.

Trouble: `server.weather = ...` decides for each request; ready ones in faults.py:
    next_ones(refuse(429, retry_after=30), times=3, deed="write")      deed: "read", "write", None for both
    now_and_then(refuse(503), 0.10, seed="7")                          first_of(one, another)
    refuse(500), refuse(503, applied=True), refuse(503, html=True), lost_reply(), lost_request(), half_reply(), slow(2)
`server.api_off = True` (403 SERVICE_DISABLED), `server.expire_tokens()` (401 until a new token), `server.revoke_key()`
(token endpoint: invalid_grant), `server.quota(reads=60, writes=60)` (429 by the server's clock), `server.office(id)`
(an .xlsx in Drive: 400), an unknown id (404), `book.share(server.email, "")` (403 not shared).
`server.now` is its clock (seconds since 1970, by default the real one): the Date header and token ages follow it.

Log: `server.seen` (the last 100,000 requests: method, path, deed, number, code), `server.count("read")`,
`server.count("write")`, `server.forget()`. `server.bodies` holds the last 200 JSON bodies of writing requests.

Formulas: ARRAYFORMULA, IF, IFERROR, IFNA, VLOOKUP, ROW, arithmetic, comparison and & are worked out; others show
"#NAME?". RAW never makes a formula; USER_ENTERED does.
"""

import threading
import traceback
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from requests.adapters import HTTPAdapter

from tests.sheets_server.accounts import EMAIL, Accounts, account_of, write_account
from tests.sheets_server.connection import Connection
from tests.sheets_server.discovery import answer_faults
from tests.sheets_server.faults import Fault, Seen
from tests.sheets_server.model import Book, new_sheet
from tests.sheets_server.people import People
from tests.sheets_server.refusal import Json, Refusal, api_off, broken, not_signed_in, too_many
from tests.sheets_server.routes import Answer, Asked, answer
from toolkit.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest, Response

    from tests.sheets_server.faults import Weather

OFFICE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MINUTE: Final = 60


def _real_now() -> float:
    return SystemClock().now().timestamp()


class SheetsServer:
    """See the module's own words.

    Args:
        strict: hold each answer to Google's discovery document.
    """

    def __init__(self, *, strict: bool = True) -> None:
        self.strict, self.faulty = strict, list[str]()
        self.books: dict[str, Book] = {}
        self.email = EMAIL
        self.now: Callable[[], float] = _real_now
        self.accounts = Accounts(self.moment_now)
        self.weather: Weather = lambda _: None
        self.between: Callable[[Seen], object] = lambda _: None
        self.api_off = False
        self.seen: deque[Seen] = deque(maxlen=100_000)
        self.bodies: deque[Any] = deque(maxlen=200)
        self.keys: deque[str] = deque()
        self.numbers: deque[int] = deque()
        self.lock = threading.RLock()
        self._counts: dict[str, int] = {}
        self._quota: dict[str, int] = {}
        self._spent: dict[str, deque[float]] = {}
        self._made = 0
        self._http = _Listener(("127.0.0.1", 0), Connection)
        self._http.house = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def stand_at(self, moment: datetime, off: timedelta = timedelta()) -> Self:
        """Let its clock stand.

        Args:
            moment: where.
            off: how far the clock that keys are held to is off this computer's, the only one that google-auth reads.
        """
        self.now, self.accounts = moment.timestamp, Accounts(lambda: _real_now() + off.total_seconds())
        return self

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.close_all()
        if kind is None:
            self.check()

    def check(self) -> None:
        """Raise what went wrong behind the answers."""
        assert not self.faulty, "the server went wrong:\n" + "\n".join(self.faulty[:5])

    def spreadsheet(
        self, title: str = "Shop", tabs: Mapping[str, Sequence[Sequence[Any]]] | None = None, *, shared: bool = True
    ) -> People:
        """A new spreadsheet of the owner's, shared with the service account or not; without tabs it has Sheet1."""
        book = Book(self.new_key(), title, [new_sheet("Sheet1")], {self.email: "writer"} if shared else {})
        book.created = book.modified = self.moment()
        self.books[book.id] = book
        people = People(self, book.id)
        for name, grid in (tabs or {}).items():
            people.lay(name, grid)
        if tabs:
            people.delete_tab("Sheet1")
        return people

    def people(self, key: str) -> People:
        """The people at a spreadsheet that is there already."""
        return People(self, key)

    def office(self, key: str) -> None:
        """The file of this id is an .xlsx in Drive and no Google Sheet."""
        self.books[key] = replace(self.books[key], mime=OFFICE)

    def account(self) -> Json:
        """What stands in the service account's key file."""
        return account_of(self.url, self.email)

    def account_file(self, path: Path) -> Path:
        """The service account's key file."""
        return write_account(path, self.account())

    def detour(self) -> HTTPAdapter:
        """Mount it on a requests session for https://sheets.googleapis.com (and www.): requests come here."""
        return _Detour(self.url)

    def expire_tokens(self) -> None:
        """All tokens given so far are refused."""
        self.accounts.expire()

    def revoke_key(self) -> None:
        """The key was deleted at Google: no token for it."""
        self.accounts.keys_work = False

    def quota(self, reads: int, writes: int) -> None:
        """So many reads and writes in any 60 seconds of the server's clock."""
        self._quota = {"read": reads, "write": writes}

    def count(self, deed: str) -> int:
        """How many requests of this deed came since the last `forget`."""
        return self._counts.get(deed, 0)

    def forget(self) -> None:
        """Begin the log anew."""
        self.seen.clear()
        self._counts.clear()

    def put(self, draft: Book) -> None:
        """A changed book takes its old one's place."""
        with self.lock:
            self.books[draft.id] = draft

    def new_key(self) -> str:
        """The id of a new file: the next of `keys` if there is one."""
        self._made += 1
        return self.keys.popleft() if self.keys else f"1TestSheet{self._made:034d}"

    def new_number(self) -> int:
        """The id of a new thing inside a spreadsheet: the next of `numbers` if there is one."""
        self._made += 1
        return self.numbers.popleft() if self.numbers else 100_000 + self._made * 7919 % 2_000_000_000

    def moment_now(self) -> float:
        """The server's clock, also when a test has set another one meanwhile."""
        return self.now()

    def moment(self) -> str:
        """Now, as Drive writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def meet(self, asked: Asked, token: str) -> tuple[Answer | Refusal, Fault]:
        """One request: count it, let the weather and people do their part, carry it out."""
        with self.lock:
            seen = self._counted(asked)
            fault = self.weather(seen) or Fault(applied=True)
            done = self._carried_out(asked, token, seen) if fault.applied and seen.deed != "token" else Answer({})
            shown = fault.refusal(seen.deed) if fault.refusal else done
            code = 0 if fault.cut else shown.code
            self.seen.append(replace(seen, code=code))
            return shown, fault

    def _counted(self, asked: Asked) -> Seen:
        deed = asked.deed()
        self._counts[deed] = self._counts.get(deed, 0) + 1
        if deed == "write" and asked.body is not None:
            self.bodies.append(asked.body)
        return Seen(asked.method, asked.path, deed, self._counts[deed])

    def _carried_out(self, asked: Asked, token: str, seen: Seen) -> Answer | Refusal:
        try:
            caller = self._let_in(token)
            self._spend(seen.deed)
            self.between(seen)
            done = answer(self, replace(asked, caller=caller))
        except Refusal as refusal:
            return refusal
        except Exception:  # noqa: BLE001 - a bug of the server's or of a test's people must not hide in a thread
            self.faulty.append(traceback.format_exc())
            return broken(500)
        self._hold(done, asked)
        return done

    def _let_in(self, token: str) -> str:
        caller = self.accounts.caller(token)
        if caller is None:
            raise not_signed_in()
        if self.api_off:
            raise api_off()
        return caller

    def _spend(self, deed: str) -> None:
        limit = self._quota.get(deed)
        if limit is None:
            return
        spent = self._spent.setdefault(deed, deque())
        while spent and spent[0] <= self.now() - MINUTE:
            spent.popleft()
        if len(spent) >= limit:
            raise too_many(deed.capitalize(), limit=limit)
        spent.append(self.now())

    def _hold(self, done: Answer, asked: Asked) -> None:
        if self.strict and done.schema:
            self.faulty += [f"{asked.method} {asked.path}: {fault}" for fault in answer_faults(done.schema, done.body)]


class _Listener(ThreadingHTTPServer):
    """Threads that end with the test, and connections that are closed with it."""

    daemon_threads = True
    request_queue_size = 128
    house: "SheetsServer"

    def __init__(self, *given: Any) -> None:
        self._open: set[Any] = set()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that a test cut says nothing."""

    def close_all(self) -> None:
        for request in list(self._open):
            self.shutdown_request(request)
        self.server_close()


class _Detour(HTTPAdapter):
    """Sends what is meant for Google to the test server."""

    def __init__(self, url: str) -> None:
        self._url = url
        super().__init__()

    def send(self, request: "PreparedRequest", *given: Any, **named: Any) -> "Response":
        _, _, rest = str(request.url).removeprefix("https://").partition("/")
        request.url = f"{self._url}/{rest}"
        return super().send(request, *given, **named)
