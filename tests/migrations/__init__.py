"""The steps of the schema, up and down."""
