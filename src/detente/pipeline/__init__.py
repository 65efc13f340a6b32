"""The verbs that join stages; here alone they meet."""
