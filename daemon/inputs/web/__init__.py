"""HTTP and WebSockets: the port, what is served, OSCQuery."""
