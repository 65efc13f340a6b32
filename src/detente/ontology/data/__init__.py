"""Tables as data files, each with its edition and source in its first lines."""
