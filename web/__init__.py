"""The web page for uploads beyond what the messenger carries: resumable (tus), without a build step or cookies."""
