"""Award dossiers, their attachments and proposals."""
