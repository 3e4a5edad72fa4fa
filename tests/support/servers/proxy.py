"""Several processes behind one address, as a reverse proxy puts them there."""

import asyncio
import itertools
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientConnectorError, ClientError, ClientSession, web


@asynccontextmanager
async def proxy(port: int, hosts: list[str]) -> AsyncIterator[Counter[str]]:
    """Pass each request to the next of the hosts, as the proxy of the compose file does; yield how many each answered.

    A host that cannot be connected to is passed over. What a host left unanswered is refused: the messenger repeats it.
    """
    turns, seen = itertools.cycle(hosts), Counter[str]()
    async with ClientSession() as http:

        async def pass_on(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
            for host in itertools.islice(turns, len(hosts)):
                try:
                    async with http.post(f"http://{host}:{port}{request.path}", data=body, headers=headers) as answer:
                        said = web.Response(status=answer.status, body=await answer.read())
                except ClientConnectorError:
                    continue
                except ClientError:
                    break
                seen[host] += 1
                return said
            raise web.HTTPBadGateway

        application = web.Application()
        application.router.add_post("/telegram", pass_on)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            yield seen
        finally:
            await runner.cleanup()


async def listening(host: str, port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            await writer.wait_closed()
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
