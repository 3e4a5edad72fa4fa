"""Group chats of clusters and their pinned scoreboards."""
