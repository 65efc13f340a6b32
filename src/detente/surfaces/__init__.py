"""What people touch: command line, pages, charts. Only here are clock and environment read."""
