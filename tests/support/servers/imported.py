"""What a forked process has imported and built: both sides of the product, the demo and the training ground.

The garbage collector is off, as in a command until its work begins, and so copies no page of what is shared.
"""

import gc

gc.disable()

import aiosqlite  # noqa: E402, F401 (what comes before is the point)
import asyncpg  # noqa: E402, F401
import sqlalchemy.dialects.sqlite.aiosqlite  # noqa: E402, F401

import bot.run  # noqa: E402
import bot.scheduler_service  # noqa: E402
import bot.telegram.client  # noqa: E402
import bot.telegram.running  # noqa: E402
import cli.play  # noqa: E402, F401
import demo.demo  # noqa: E402, F401

bot.telegram.client.build_models()
gc.freeze()
