"""Refusals of the sandbox: in Telegram's words on the Bot API, in Vietnamese on the control API, for its page."""


class ApiError(Exception):
    """Answer of the Bot API with ok=false."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to_chat_id: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = {
            name: value
            for name, value in (("retry_after", retry_after), ("migrate_to_chat_id", migrate_to_chat_id))
            if value is not None
        }


class ControlError(Exception):
    """Answer of the control API with status 400, 404 or 409."""

    def __init__(self, status: int, message: str, *, labels: list[str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.labels = labels


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def moved(chat_id: int) -> ApiError:
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=chat_id)


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
