"""What the program tells about its own work, with OpenTelemetry."""
