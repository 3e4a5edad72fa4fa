"""Links between dialogs: the typed functions through which one dialog opens another."""
