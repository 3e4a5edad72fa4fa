"""Status for leaders."""
