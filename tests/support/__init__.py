"""What tests share: databases, the stage, files and counting."""
