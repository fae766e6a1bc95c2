"""Certificates of production, copied into the sandbox: the same certificate is good for both."""
