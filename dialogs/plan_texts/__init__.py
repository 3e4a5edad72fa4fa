"""«/docvanban»: a plan is read from its document, decided duty by duty, and loaded."""
