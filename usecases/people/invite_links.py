"""Links of invites."""


def deep_link(username: str, code: str) -> str:
    return f"https://t.me/{username}?start={code}"
