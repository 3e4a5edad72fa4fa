"""Settings from environment variables; nothing else reads them."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from domain.dossiers.dossiers import LARGEST_LINKED_FILE
from domain.errors import Refusal
from domain.upload_links import MEGABYTE, UploadLimits

TELEGRAM = "https://api.telegram.org"
PREFIX = "THIDUA_"
_DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")
LOOPBACK = "127.0.0.1"
_LOOPBACK = (LOOPBACK, "localhost", "::1")
_REDIS = r"(rediss?://([^\s/@]*@)?[^\s/:@]*(:\d{1,5})?(/\d{1,3})?|unix://\S+)"
_BUCKET = r"s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/\S*)?"


class Settings(BaseSettings):
    # A variable that is set to an empty string, as service files do, counts as not set.
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    telegram_token: SecretStr | None = None
    telegram_api: str = TELEGRAM
    """Base URL of a Bot API server."""
    data: Path = Path("var")
    database_url: str | None = None
    """URL of the database; if not set, SQLite in `data`."""
    redis_url: str | None = None
    """URL of Redis; if not set, dialog states are kept in the database."""
    files: str | None = None
    """A folder, or s3://bucket/prefix; if not set, `data`/files."""
    timezone: str = "Asia/Ho_Chi_Minh"
    log_format: str = "text"
    """Lines for people, or one JSON object on each line for a program that collects logs."""
    health_port: int | None = None
    """Local port of /healthz, /readyz and /metrics; if not set, there is none."""
    webhook_url: str | None = None
    """URL of the webhook; if not set, the bot uses long polling."""
    webhook_host: str = LOOPBACK
    """Address on which the webhook is received, on port 8090; a reverse proxy with https stands before it."""
    web_url: str | None = None
    """Public address of the web page for large uploads; if not set, there is none."""
    web_host: str = LOOPBACK
    """Address on which the page listens; a reverse proxy with https stands before it."""
    web_port: int = 8091
    web_largest_mb: int = LARGEST_LINKED_FILE // MEGABYTE
    """Largest file that the page takes, and largest size of all photos of one paper together (megabytes)."""

    @field_validator("telegram_token")
    @classmethod
    def _is_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(r"\d+:\S+", token.get_secret_value()):
            raise ValueError("không phải token của bot. Token có dạng 123456:ABC-def, lấy ở @BotFather.")
        return token

    @field_validator("telegram_api", "webhook_url", "web_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not (re.match(r"https?://[^/\s]", url) and _has_port_in_range(url)):
            raise ValueError(f"«{url}» không phải địa chỉ. Địa chỉ bắt đầu bằng https:// hoặc http://.")
        return url

    @field_validator("webhook_url")
    @classmethod
    def _is_encrypted(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme != "https" and urlsplit(url).hostname not in _LOOPBACK:
            raise ValueError(f"«{url}»: Telegram chỉ gọi địa chỉ https://. Anh/chị đặt bot sau một proxy có https.")
        return url

    @field_validator("web_url")
    @classmethod
    def _is_encrypted_for_people(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme != "https" and urlsplit(url).hostname not in _LOOPBACK:
            raise ValueError(f"«{url}»: trang tải tệp phải là https://. Anh/chị đặt trang sau một proxy có https.")
        return url.rstrip("/") if url is not None else None

    @field_validator("web_port", "health_port", "web_largest_mb", mode="before")
    @classmethod
    def _is_a_number(cls, value: object, field: ValidationInfo) -> object:
        least, most = (0, 65535) if field.field_name != "web_largest_mb" else (1, LARGEST_LINKED_FILE // MEGABYTE)
        if isinstance(value, str) and not (re.fullmatch(r"[0-9]{1,5}", value) and least <= int(value) <= most):
            raise ValueError(f"«{value}» không phải số từ {least} đến {most}.")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str | None) -> str | None:
        if url is not None and _driver(url) not in _DRIVERS:
            raise ValueError("địa chỉ chưa đúng. Ví dụ: postgresql+asyncpg://ten:matkhau@127.0.0.1/thidua")
        return url

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: str | None) -> str | None:
        if url is not None and not (re.fullmatch(_REDIS, url) and _has_port_in_range(url)):
            raise ValueError("địa chỉ chưa đúng. Ví dụ: redis://127.0.0.1:6379/0")
        return url

    @field_validator("files")
    @classmethod
    def _is_a_place(cls, address: str | None) -> str | None:
        if address is not None and "://" in address and not re.fullmatch(_BUCKET, address):
            raise ValueError(f"«{address}» không phải nơi lưu tệp. Ghi một thư mục, hoặc s3://ten-bucket/thu-muc")
        return address

    @field_validator("log_format")
    @classmethod
    def _is_a_format(cls, name: str) -> str:
        if name not in ("text", "json"):
            raise ValueError(f"«{name}» không phải kiểu nhật ký. Ghi text hoặc json.")
        return name

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
        """Address of the file store: a folder or a bucket."""
        return self.files or str(self.data / "files")

    @property
    def parts(self) -> Path:
        """Folder of files that are being uploaded by the web page."""
        return self.data / "uploads"

    @property
    def upload_limits(self) -> UploadLimits:
        # Photos of a link become one file, so that together they are held to the same size.
        return UploadLimits(file=self.web_largest_mb * MEGABYTE, link=self.web_largest_mb * MEGABYTE)


def _has_port_in_range(url: str) -> bool:
    """Whether the address can be taken apart, and its port, if it has one, is one."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _driver(url: str) -> str | None:
    try:
        return make_url(url).drivername
    except (SQLAlchemyError, ValueError):
        return None


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises Refusal with one line for each variable that is wrong or unknown.
    """
    if unknown := [name for name in sorted(os.environ) if _is_unknown(name)]:
        raise Refusal("setting-unknown", "\n".join(map(_unread, unknown)))
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"{PREFIX}{fault['loc'][0]}".upper() + f": {fault['ctx']['error']}" for fault in error.errors())
        raise Refusal("setting-wrong", "\n".join(faults)) from error


_NAMES = tuple(f"{PREFIX}{name}".upper() for name in Settings.model_fields)


def _is_unknown(name: str) -> bool:
    # Variables of the tests are no settings.
    return name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_") and name not in _NAMES


def _unread(name: str) -> str:
    near = get_close_matches(name, _NAMES, n=1)
    return f"{name}: bot không có cài đặt này." + (f" Có phải anh/chị muốn ghi {near[0]}?" if near else "")
