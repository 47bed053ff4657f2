"""How calls reach the server: through the library without a network, or over HTTP on loopback."""
