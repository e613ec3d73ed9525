"""What smtp-sink lacks, in a process of its own: TLS from the first word, and a login that every password opens.

python -m tests.bench.front CERTIFICATE PORT    prints the port on which it listens before the one of smtp-sink
"""

import asyncio
import ssl
import sys


class Behind(asyncio.Protocol):
    """smtp-sink's words go to the client as they are."""

    def __init__(self, client: asyncio.Transport) -> None:
        self._client = client

    def data_received(self, data: bytes) -> None:
        self._client.write(data)

    def connection_lost(self, _error: Exception | None) -> None:
        self._client.close()


class Front(asyncio.Protocol):
    """The client's words go to smtp-sink as they are, but for AUTH: it would say 250 where a login is 235."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._early = list[bytes]()
        self._sink: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._client = transport
        self._opening = asyncio.get_running_loop().create_task(self._open())

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        sink, _ = await loop.create_connection(lambda: Behind(self._client), "127.0.0.1", self._port)
        sink.writelines(self._early)
        self._sink = sink

    def data_received(self, data: bytes) -> None:
        if data[:5].upper() == b"AUTH ":
            self._client.write(b"235 2.7.0 welcome\r\n")
        elif self._sink is None:
            self._early.append(data)
        else:
            self._sink.write(data)

    def connection_lost(self, _error: Exception | None) -> None:
        if self._sink is not None:
            self._sink.close()


async def serve(certificate: str, port: int) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(lambda: Front(port), "127.0.0.1", 0, ssl=context)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
