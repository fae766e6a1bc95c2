"""What happens to a company, told to a system of its own; and to gateways, what changes in the directory."""
