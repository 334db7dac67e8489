"""What `driftkit bench` measures, and the page that it writes."""
