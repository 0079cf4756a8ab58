"""What an analyst calls in a notebook."""
