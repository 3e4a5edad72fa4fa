"""What the environment decides; nothing else reads it."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Refusal

TELEGRAM = "https://api.telegram.org"
PREFIX = "THIDUA_"


class Settings(BaseSettings):
    # A variable set to nothing, as service files do, is not set.
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    telegram_token: SecretStr | None = None
    telegram_api: str = TELEGRAM
    """Base URL of a Bot API server."""
    data: Path = Path("var")
    database_url: str | None = None
    """Unset: SQLite in `data`."""
    redis_url: str | None = None
    """Unset: dialog state is kept in the database."""
    files: str | None = None
    """A folder, or s3://bucket/prefix; unset: `data`/files."""
    timezone: str = "Asia/Ho_Chi_Minh"
    webhook_url: str | None = None
    """Unset: long polling."""

    @field_validator("telegram_token")
    @classmethod
    def _is_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(r"\d+:\S+", token.get_secret_value()):
            raise ValueError("không phải token của bot. Token có dạng 123456:ABC-def, lấy ở @BotFather.")
        return token

    @field_validator("telegram_api", "webhook_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://[^/\s]", url):
            raise ValueError(f"«{url}» không phải địa chỉ. Địa chỉ bắt đầu bằng https:// hoặc http://.")
        return url

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str | None) -> str | None:
        if url is not None and not _can_wait(url):
            raise ValueError("địa chỉ chưa đúng. Ví dụ: postgresql+asyncpg://ten:matkhau@127.0.0.1/thidua")
        return url

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"không có múi giờ «{name}». Ví dụ: Asia/Ho_Chi_Minh") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'thidua.sqlite'}"

    @property
    def shelf(self) -> str:
        """Where files lie, as the file store reads it."""
        return self.files or str(self.data / "files")


def _can_wait(url: str) -> bool:
    """Whether the database's driver lets others work while it waits."""
    try:
        return bool(make_url(url).get_dialect().is_async)
    except SQLAlchemyError:
        return False


def read_settings() -> Settings:
    """What the environment says; refuses with the name of each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"{PREFIX}{fault['loc'][0]}".upper() + f": {fault['ctx']['error']}" for fault in error.errors())
        raise Refusal("\n".join(faults)) from error
