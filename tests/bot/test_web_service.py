"""The page for large uploads as a command runs it."""

from dataclasses import replace
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot.run import serve, serve_page
from bot.settings import Settings
from bot.web_service import running_page
from tests.support.refusals import refused
from tests.support.stage import opened_product


async def test_the_page_listens_where_its_settings_say(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product, aiohttp.ClientSession() as http:
        settings = product.app.settings.model_copy(update={"web_port": 0})
        app = replace(product.app, settings=settings)
        async with running_page(app) as port:
            unknown = await http.get(f"http://127.0.0.1:{port}/t/unknown")
            taken = replace(app, settings=settings.model_copy(update={"web_port": port}))
            with refused("port-unopened"):
                async with running_page(taken):
                    raise AssertionError("two pages listen on one port")

    assert unknown.status == 404


async def test_a_page_of_its_own_needs_a_public_address(tmp_path: Path) -> None:
    with refused("web-url-missing"):
        await serve_page(Settings(data=tmp_path))


async def test_telegram_is_given_no_address_of_this_machine(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, telegram_token=SecretStr("1:a"), web_url="http://127.0.0.1:8091")

    with refused("web-url-local"):
        await serve(settings, bot=True, scheduler=True)
