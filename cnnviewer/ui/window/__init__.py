"""The main window: menus, docks, messages, the input, the timeline, dialogs."""
