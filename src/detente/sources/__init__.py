"""Publishers and formats: find, fetch and read, one module each; none of them sees the store."""
