"""What the environment decides; nothing else reads it."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="THIDUA_")

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
