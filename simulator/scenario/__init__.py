"""The scenario: model, loading, static checks, library, JSON Schema."""
