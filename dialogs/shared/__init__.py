"""Parts that dialogs share: screens, paging, replies, files and unknown input."""
