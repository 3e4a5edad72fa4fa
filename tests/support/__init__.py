"""Parts that tests share: databases, the stage, files and counting."""
